import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeHtml, scriptJson, scriptText } from "./markup";

describe("escapeHtml", () => {
  it("leaves no character that begins markup or ends an attribute", () => {
    expect(escapeHtml(`<img src=x onerror='a'>&"`)).toBe("&#60;img src=x onerror=&#39;a&#39;&#62;&#38;&#34;");
    fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(escapeHtml(text))));
  });
});

describe("scriptJson", () => {
  it("reads back as the same data and holds nothing that ends a script element", () => {
    const hostile = fc.oneof(fc.string(), fc.constantFrom("</script>", "<!--", "\u2028", "]]>", "<script>"));
    fc.assert(
      fc.property(fc.array(hostile), (texts) => {
        const json = scriptJson({ texts });
        expect(JSON.parse(json)).toEqual({ texts });
        expect(json).not.toMatch(/[<>&\u2028\u2029]/);
      }),
    );
  });
});

describe("scriptText", () => {
  it("refuses a program that would end its element", () => {
    expect(() => scriptText('x = "</SCRIPT>"')).toThrow(/must not contain "<\/SCRIPT"/);
    expect(() => scriptText("a <!-- b")).toThrow(Error);
    expect(scriptText("a < b")).toBe("a < b");
  });
});
