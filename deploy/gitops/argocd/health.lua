-- The health of Connections, Collections, Taxonomies and their clones, for Argo CD: the same for all five kinds.
-- A status speaks of the generation that it names; until it names the present one, nothing is known.
local hs = {}
local status = obj.status

if status == nil or status.observedGeneration ~= obj.metadata.generation then
  hs.status = "Progressing"
  hs.message = "The Mixpeek operator has not seen this state yet."
  return hs
end

local ready = nil
local stalled = nil
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "Ready" then
    ready = condition
  elseif condition.type == "Stalled" and condition.status == "True" then
    stalled = condition
  end
end

if stalled ~= nil then
  hs.status = "Degraded"
  hs.message = stalled.reason .. ": " .. (stalled.message or "")
elseif ready == nil then
  hs.status = "Progressing"
  hs.message = "The Mixpeek operator has said nothing yet."
elseif ready.status == "True" then
  hs.status = "Healthy"
  hs.message = ready.message
elseif ready.reason == "Suspended" then
  hs.status = "Suspended"
  hs.message = ready.message
else
  hs.status = "Progressing"
  hs.message = ready.reason .. ": " .. (ready.message or "")
end
return hs
