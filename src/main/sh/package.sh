#!/bin/sh
# Makes kubectl-mixpeek in the folder of the jar: the script with the jar behind it, made ready to
# start fast with the Java that is here.
set -eu
here=$(dirname "$0")
sed "s/@BUILD@/$(cksum <mixpeek-cli.jar | tr -d ' ')/" "$here/kubectl-mixpeek" | cat - mixpeek-cli.jar >kubectl-mixpeek.new
cp "$here/kubectl_complete-mixpeek" .
chmod +x kubectl-mixpeek.new kubectl_complete-mixpeek
rm -rf .kubectl-mixpeek
mv kubectl-mixpeek.new kubectl-mixpeek
./kubectl-mixpeek __archive || true
