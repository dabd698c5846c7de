import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { Annotation, EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "preact/hooks";
import { usePageId } from "../base/use-page-id";

/**
 * Code, to be read and written: CodeMirror with the colours of the page. Tab indents; after Escape it leaves the field, until the
 * field is entered anew.
 * @param faultLine the line, from 1, in which something is wrong
 * @param describedBy the id of what says what is wrong
 */
export function CodeField(props: {
  readonly label: string;
  readonly value: string;
  readonly faultLine: number | null;
  readonly describedBy: string;
  readonly onInput: (value: string) => void;
}) {
  const { label, value, faultLine, describedBy, onInput } = props;
  const hint = usePageId();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const typed = useRef<Typed>({ tell: onInput, texts: [] });
  typed.current.tell = onInput;

  useEffect(() => {
    const attributes = { "aria-label": label, "aria-describedby": `${describedBy} ${hint}` };
    const made = new EditorView({
      parent: place.current!,
      state: EditorState.create({ doc: value, extensions: [extensions(typed.current), named(attributes)] }),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
    // An editor is made once; what it holds is changed below.
  }, [label, describedBy, hint]);

  useEffect(() => {
    const now = view.current;
    const { texts } = typed.current;
    // What was typed comes back as `value`; meanwhile more may have been typed.
    const echo = texts.lastIndexOf(value);
    texts.splice(0, echo + 1);
    if (!now || echo >= 0 || now.state.doc.toString() === value) return;
    texts.length = 0;
    now.dispatch({
      changes: { from: 0, to: now.state.doc.length, insert: value },
      annotations: given.of(true),
    });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({ effects: markFault.of(faultLine) });
    view.current?.contentDOM.setAttribute("aria-invalid", String(faultLine !== null));
  }, [faultLine]);

  return (
    <div class="fl-code">
      <div ref={place} />
      <p class="fl-soft-text fl-code-hint" id={hint}>
        Tab indents; Escape, then Tab, leaves the editor.
      </p>
    </div>
  );
}

/** Whom to tell what is typed, and the texts that have been told and have not come back. */
interface Typed {
  tell(value: string): void;
  readonly texts: string[];
}

/** Marks a change that is none of the reader's. */
const given = Annotation.define<boolean>();

function extensions(typed: Typed): Extension {
  return [
    lineNumbers(),
    history(),
    indentOnInput(),
    bracketMatching(),
    javascript({ typescript: true }),
    syntaxHighlighting(COLOURS),
    faultLines,
    EditorView.lineWrapping,
    EditorState.tabSize.of(2),
    keymap.of([
      {
        key: "Escape",
        run(view) {
          view.setTabFocusMode(true);
          return true;
        },
      },
      ...defaultKeymap,
      ...historyKeymap,
      indentWithTab,
    ]),
    EditorView.domEventHandlers({
      blur(_, view) {
        view.setTabFocusMode(false);
      },
    }),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged || update.transactions.some((each) => each.annotation(given))) return;
      const text = update.state.doc.toString();
      typed.texts.push(text);
      typed.tell(text);
    }),
  ];
}

function named(attributes: Readonly<Record<string, string>>): Extension {
  return EditorView.contentAttributes.of({
    ...attributes,
    spellcheck: "false",
    autocorrect: "off",
    autocapitalize: "off",
  });
}

const markFault = StateEffect.define<number | null>();

/** The line in which something is wrong, marked, until the code changes. */
const faultLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { state, effects, docChanged, changes }) {
    let now = docChanged ? marks.map(changes) : marks;
    for (const effect of effects) {
      if (!effect.is(markFault)) continue;
      const line = effect.value;
      const there = line !== null && line >= 1 && line <= state.doc.lines;
      now = there ? Decoration.set(FAULT.range(state.doc.line(line).from)) : Decoration.none;
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const FAULT = Decoration.line({ class: "fl-fault" });

/** The colours are those of `EDITOR_STYLE`. */
const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], class: "fl-code-keyword" },
  { tag: [tags.string, tags.regexp, tags.special(tags.string)], class: "fl-code-string" },
  { tag: [tags.number, tags.bool, tags.null], class: "fl-code-number" },
  { tag: [tags.comment], class: "fl-code-comment" },
  { tag: [tags.typeName, tags.className], class: "fl-code-type" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], class: "fl-code-function" },
]);
