import { describe, expect, it } from "@jest/globals";
import { unreadableText } from "../../src/engine/text/unreadable-text.js";

const lines = { lines: true };

describe("text that nobody can read back", () => {
  it.each([
    ["a control character", "a\u0007b", "control characters"],
    ["half of a character", "a\ud83d", "broken characters"],
    ["an order that is turned", "pay \u202e001", "change the order"],
    ["nothing to see", "\u200b\u200c\u2060", "no visible character"],
  ])("%s is named", (_what, text, words) => {
    expect(unreadableText(text, lines)?.en).toContain(words);
    expect(unreadableText(text, lines)?.ar).toMatch(/[\u0600-\u06ff]/);
  });

  it("is not what Arabic and Persian need, nor lines where text has them", () => {
    expect(unreadableText("می\u200cخواهم\u200f (abc)", lines)).toBeNull();
    expect(unreadableText("one\n\ttwo", lines)).toBeNull();
    expect(unreadableText("one\ntwo", { lines: false })?.en).toContain("control characters");
  });
});
