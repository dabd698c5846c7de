import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAst } from "vitest/node";
import { html, jsonScript, plotlyText, script, scriptFile } from "./markup";

describe("html", () => {
  it("leaves no character that begins markup or ends an attribute", () => {
    const evil = `<img src=x onerror='a'>&"`;
    expect(String(html`<p title="${evil}">`)).toBe(
      '<p title="&#60;img src=x onerror=&#39;a&#39;&#62;&#38;&#34;">',
    );
    fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(String(html`${text}`))));
  });

  it("escapes a value of any type, and lets no other object pass for markup", () => {
    const disguised = { toString: () => "<b>" };
    for (const value of [
      disguised,
      ["<b>"],
      [["<b>"]],
      new String("<b>"),
      { ...html`<b>` },
      "<b>" as never,
    ]) {
      expect(String(html`${value}`)).not.toContain("<");
    }
    expect(String(html`${1.5}|${null}|${undefined}|${true}|${[1, 2]}`)).toBe("1.5|null|undefined|true|12");
  });

  it("puts in what it made itself as it is, one or a list", () => {
    const items = ["a", "<"].map((text) => html`<li>${text}</li>`);
    expect(String(html`<ul>${items}</ul>${html`<br>`}`)).toBe("<ul><li>a</li><li>&#60;</li></ul><br>");
  });

  it("refuses a place where escaping would not hold", () => {
    expect(() => html`<p title=${"a b"}>`).toThrow(/behind "<p title="/);
    expect(() => html`<script>${"alert(1)"}</script>`).toThrow(/behind "<script>"/);
    expect(() => html`<style>p{color:${"red"}}</style>`).toThrow(/behind "<style>/);
    expect(() => html`<${"img"}>`).toThrow(/behind "<"/);
    expect(() => html`<p title="${"x"}" ${"onclick=1"}>`).toThrow(/behind "<p/);
    expect(String(html`<p title="a > b" id="${"x"}">${"y"}</p>`)).toBe('<p title="a > b" id="x">y</p>');
  });
});

describe("jsonScript", () => {
  it("reads back as the same data and holds nothing that ends a script element", () => {
    const hostile = fc.oneof(fc.string(), fc.constantFrom("</script>", "<!--", "\u2028", "]]>", "<script>"));
    fc.assert(
      fc.property(fc.array(hostile), (texts) => {
        const [, json] = /^<script type="application\/json">(.*)<\/script>$/s.exec(
          String(jsonScript({ texts })),
        )!;
        expect(JSON.parse(json!)).toEqual({ texts });
        expect(json).not.toMatch(/[<>&\u2028\u2029]/);
      }),
    );
  });
});

describe("script", () => {
  it("refuses a program that would end its element", () => {
    expect(() => script('x = "</SCRIPT>"')).toThrow(/must not contain "<\/SCRIPT"/);
    expect(() => script("a <!-- b")).toThrow(Error);
    expect(String(script("a < b"))).toBe("<script>a < b</script>");
  });
});

describe("scriptFile", () => {
  it("asks for a file, whatever its name", () => {
    expect(String(scriptFile('programs/"a".js'))).toBe('<script src="programs/&#34;a&#34;.js"></script>');
  });
});

describe("plotlyText", () => {
  it("leaves no tag, entity or TeX", () => {
    expect(plotlyText("<b>&lt;$x$")).toBe("&#60;b&#62;&#38;lt;&#36;x&#36;");
    expect(plotlyText(7)).toBe("7");
  });
});

describe("the sources", () => {
  const root = join(__dirname, "..");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.ts$/.test(file) && !/\.d\.ts$|\.test\.ts$|\b(testing|bench)\b/.test(file),
  );

  it("make markup with html, script and jsonScript, and in a page with elements, nowhere beside them", () => {
    const faults = files
      .filter((file) => file !== join("base", "markup.ts"))
      .flatMap((file) =>
        markupBeside(readFileSync(join(root, file), "utf8")).map((what) => `${file}: ${what}`),
      );
    // The frame in which policies run has no origin: what its document says reaches nothing.
    expect(faults).toEqual([`${join("page", "editor", "policy-frame.ts")}: srcdoc`]);
    expect(files.length).toBeGreaterThan(100);
  });

  it("take saved markup for markup only where the site's pages are made from the project's notebooks", () => {
    const users = files.filter((file) => /\bsavedMarkup\b/.test(readFileSync(join(root, file), "utf8")));
    expect(users.sort()).toEqual([join("base", "markup.ts"), join("tools", "site", "pages", "article.ts")]);
  });

  it("would be found out", () => {
    for (const code of [
      "node.innerHTML = text",
      'node["outerHTML"] = text',
      "node.insertAdjacentHTML('beforeend', text)",
      "document.write(text)",
      "frame.srcdoc = text",
      "new DOMParser()",
      "const row = `<td>@{text}</td>`;",
      "const row = html`<tr>@{`<td>@{text}</td>`}</tr>`;",
      'const row = "<td>" + text;',
      "const link = '</a>';",
      "other`<td>@{text}</td>`",
    ]) {
      expect(markupBeside(code.replaceAll("@", "$")), code).not.toEqual([]);
    }
    for (const code of [
      "html`<td>@{text}</td>`",
      "// innerHTML and <b>",
      "a < b && c > d",
      'const sign = "<=";',
      "x as Map<string, number>",
    ]) {
      expect(markupBeside(code.replaceAll("@", "$")), code).toEqual([]);
    }
  });
});

interface Syntax {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What a browser reads as markup, and the texts that look like it and are no template of `html`. */
function markupBeside(code: string): string[] {
  const found: string[] = [];
  const look = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(look);
    if (typeof node !== "object" || node === null || Array.isArray(node)) return;
    const { type, ...fields } = node as Syntax;
    if (type === "TaggedTemplateExpression" && (fields.tag as Syntax).name === "html") {
      look((fields.quasi as Syntax).expressions);
      return;
    }
    const name = type === "Identifier" ? fields.name : type === "Literal" ? fields.value : undefined;
    if (typeof name === "string" && readers.test(name)) found.push(name);
    if (type === "MemberExpression" && isDocumentWrite(fields)) found.push("document.write");
    const text = type === "TemplateElement" ? (fields.value as { raw: string }).raw : fields.value;
    if (typeof text === "string" && tag.test(text)) found.push(text);
    Object.values(fields).forEach(look);
  };
  look(parseAst(transformSync(code, { loader: "ts" }).code));
  return found;
}

/** A tag, whole or begun. */
const tag = /<\/?[a-z][\w-]*(\s[^<>]*)?>|<\/?[a-z][\w-]*\s*$|<[a-z][\w-]*\s+[\w-]+\s*=\s*["']|<!doctype/i;

const readers =
  /^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc|DOMParser|createContextualFragment|setHTMLUnsafe|parseHTMLUnsafe)$/;

function isDocumentWrite({ object, property }: Readonly<Record<string, unknown>>): boolean {
  return (object as Syntax).name === "document" && /^write(ln)?$/.test(String((property as Syntax).name));
}
