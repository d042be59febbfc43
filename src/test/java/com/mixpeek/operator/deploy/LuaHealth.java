package com.mixpeek.operator.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;

/** Runs a health assessment as Argo CD does: with Lua's base library and no other. */
final class LuaHealth {

  /** What the assessment says. */
  record Health(String status, String message) {}

  private final String script;

  LuaHealth(Path file) {
    try {
      script = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Health of(JsonNode resource) {
    Globals globals = new Globals();
    globals.load(new BaseLib());
    LoadState.install(globals);
    LuaC.install(globals);
    globals.set("obj", lua(resource));
    LuaValue health = globals.load(script, "health.lua").call();
    return new Health(health.get("status").checkjstring(), health.get("message").optjstring(""));
  }

  private static LuaValue lua(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT -> {
        LuaTable table = new LuaTable();
        json.properties().forEach(e -> table.set(e.getKey(), lua(e.getValue())));
        yield table;
      }
      case ARRAY -> {
        LuaTable table = new LuaTable();
        for (int i = 0; i < json.size(); i++) {
          table.set(i + 1, lua(json.get(i)));
        }
        yield table;
      }
      case NUMBER -> LuaValue.valueOf(json.doubleValue());
      case BOOLEAN -> LuaValue.valueOf(json.booleanValue());
      case STRING -> LuaValue.valueOf(json.textValue());
      default -> LuaValue.NIL;
    };
  }
}
