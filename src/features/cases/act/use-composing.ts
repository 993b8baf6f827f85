/**
 * An action as it is written: what is typed, kept as a draft, missing, seen and sent; `composer.tsx` shows it. What is typed
 * outlives a refusal, a conflict, a lost connection, a reload, another machine and signing in again; it is sent once.
 */
import { useEffect, useRef, useState } from "react";
import type { CasePageView, ComposedAction } from "../../../engine/lifecycle/views/case-view.js";
import { pattern } from "../../../engine/text/msg.js";
import { problemOf, send, showUnchosen, toast } from "../../../platform/ui/kit.js";
import { say } from "../../../platform/ui/language/text.js";
import { useAttachedFiles } from "../../files/use-attached-files.js";
import { happenedSince } from "../page/timeline-blocks.js";
import type { ShownAfterAct } from "./composer-actions.js";
import { emptyPlaces, type FieldValue, missingFields, sentFields } from "./composer-values.js";
import type { DraftFields, ServerDraft } from "./draft-sync.js";
import { goToPlace } from "./letter-tools.js";
import type { OfferedBack } from "./take-back-button.js";
import { useAct } from "./use-act.js";
import { useCaseDraft } from "./use-case-draft.js";

/** Goes to where the open form of an act is filled in: its first field, or its button where it has none; in sight from its beginning. */
export function focusComposer(): void {
  const form = document.querySelector("#composer form");
  // A chooser of reply templates may stand before the fields.
  const field = form?.querySelector<HTMLElement>(":is(input, select, textarea)[id^='field-']");
  (field ?? form?.querySelector<HTMLElement>("input, select, textarea, button[type=submit]"))?.focus();
  // What is answered is pinned at its beginning; further down it would cover the chooser and the field that come next.
  form?.closest("#composer")?.scrollIntoView({ block: "start" });
}

/**
 * Whether all that speaks against sending could be read when it was sent, by a key or by a button that was far from it. What is out of sight
 * comes into it instead, and the next time counts.
 */
function wasInSight(notices: HTMLElement | null): boolean {
  const [notice] = notices?.querySelectorAll(".notice") ?? [];
  if (notice === undefined) return true;
  const { top, bottom } = notice.getBoundingClientRect();
  if (bottom > 0 && bottom <= window.innerHeight && (top >= 0 || bottom - top > window.innerHeight)) return true;
  notice.scrollIntoView({ block: "nearest" });
  return false;
}

const words = {
  doneNow: pattern("cases-act.composer.doneNow"),
  done: pattern("cases-act.composer.done"),
  doneTo: pattern("cases-act.composer.doneTo"),
};

/** What was done, in words that stay in sight on the next case: to which case, and where that went. */
function actResult(a: {
  action: ComposedAction;
  reference: string;
  filled: DraftFields;
  /** The case after it; null: it is not theirs to see. */
  after: CasePageView | null;
  /** The state it was in. */
  before: CasePageView;
}): string {
  const { action, filled, after, before } = a;
  // The reference keeps its order inside an Arabic sentence.
  const done = { action: say(action.name), reference: `\u2066${a.reference}\u2069` };
  const entity = action.fields.find(({ type }) => type === "entity");
  const chosen = entity?.choices?.find(({ value }) => value === filled[entity.name]);
  if (chosen !== undefined) return say(words.doneTo, { ...done, entity: say(chosen.label) });
  // An answer may wait for its review, and an act be no end: what became of the case is said.
  return after === null || after.head.state.code === before.head.state.code
    ? say(words.done, done)
    : say(words.doneNow, { ...done, state: say(after.head.state.name) });
}

/** What was done. */
export interface DoneAct {
  /** In words, and to which case. */
  readonly result: string;
  /** As the workflow names it. */
  readonly action: string;
  /** How it is taken back; null: it cannot be. */
  readonly back: OfferedBack | null;
}

export interface ComposerProps {
  readonly reference: string;
  readonly action: ComposedAction;
  /** What is shown of the case; newer ones come as it is read anew. */
  readonly view: CasePageView;
  /** What the address fills the form with. */
  readonly initial: DraftFields;
  /** What the address says of this field counts no more. */
  readonly onTypedOver: (field: string) => void;
  /** What the server had of this draft a moment ago. */
  readonly known: ServerDraft | null;
  /** It was chosen by a button and asks for nothing: it is done without a second one. */
  readonly atOnce: boolean;
  /** Reads the case anew. */
  readonly onStale: () => void;
  /** An act is on its way, or no more. */
  readonly onSending: (on: boolean) => void;
  /** `gone`: it left this official's reach by the act, as after a transfer. */
  readonly onDone: (gone: boolean, shown: ShownAfterAct | null, done: DoneAct) => void;
  readonly onLeave: () => void;
  /** The texts in the form, as they change. */
  readonly onWritten: (texts: readonly string[]) => void;
}

/** All that the form of an action knows and does. */
export function useComposing(props: ComposerProps) {
  const { reference, action, view, onStale, onLeave } = props;
  const isSecret = (name: string) =>
    action.fields.some((field) => field.name === name && field.type === "applicantCode");
  // Desks are shared: what is written of a confidential case stays in its tab and on the server.
  const onDevice = !view.head.confidential && !action.fields.some(({ name }) => isSecret(name));
  const draft = useCaseDraft(reference, action.action, { ...props, onDevice });
  const files = useAttachedFiles(action.attachments ? `reference=${encodeURIComponent(reference)}` : null);
  const { act, ...sending } = useAct({
    reference,
    action: action.action,
    onDevice,
    secret: action.fields.find(({ type }) => type === "applicantCode")?.name ?? null,
    onDone(gone, shown, back) {
      draft.clear();
      files.clear();
      const result = actResult({ action, reference, filled, after: shown?.page ?? null, before: view });
      toast(result);
      props.onDone(gone, shown, { action: action.action, result, back });
    },
  });
  /** The applicant's code is in no draft. */
  const [secret, setSecret] = useState<DraftFields>({});
  const present = Object.fromEntries(action.fields.flatMap((one) => (one.present ? [[one.name, one.present]] : [])));
  const filled: DraftFields = { ...present, ...draft.typed, ...secret };
  const [missing, setMissing] = useState<readonly string[]>([]);
  // What a template left empty goes to the applicant only where the official meant it.
  const places = action.letter
    ? Object.entries(filled).flatMap(([field, value]) =>
        typeof value === "string" ? emptyPlaces(value).map((place) => ({ field, ...place })) : [],
      )
    : [];
  const inPlaces = JSON.stringify(places);
  const [asked, setAsked] = useState("");
  // What was seen when the form was opened counts, not what was refreshed behind it meanwhile.
  const [seen, setSeen] = useState(view.expectedSeq);
  const problem = act.phase === "refused" ? act.problem : null;
  const conflicted = problem?.code === "conflict";
  const changed = happenedSince(view.timeline, seen);
  const form = useRef<HTMLFormElement>(null);
  const first = useRef<HTMLDivElement>(null);
  const typed = sentFields(action.fields, filled);
  // As soon as something is there it is not asked for any more.
  const stillMissing = new Set(missingFields(action.fields, filled).filter((name) => missing.includes(name)));
  const busy = act.phase === "sending" || act.phase === "waiting";

  useEffect(() => {
    focusComposer();
  }, []);
  const stale = useRef(onStale);
  stale.current = onStale;
  const { phase } = act;
  const goOn = useRef(draft.goOn);
  goOn.current = draft.goOn;
  useEffect(() => {
    if (phase === "refused" || phase === "earlier") goOn.current();
    if (conflicted || phase === "earlier") stale.current();
  }, [phase, conflicted]);
  // What speaks against it, as soon as it is drawn; of a conflict once the case was read anew.
  const isAsked = asked !== "" && asked === inPlaces;
  // biome-ignore lint/correctness/useExhaustiveDependencies: by what is shown there
  useEffect(() => {
    wasInSight(first.current);
  }, [phase, conflicted && changed.length, isAsked]);

  const telling = useRef(props.onSending);
  telling.current = props.onSending;
  useEffect(() => {
    if (phase !== "sending") return;
    telling.current(true);
    return () => telling.current(false);
  }, [phase]);

  const submit = async (expectedSeq: number) => {
    const empty = missingFields(action.fields, filled);
    setMissing(empty);
    if (empty.length > 0) {
      sending.refuse(null);
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    const [place] = places;
    if (place !== undefined && asked !== inPlaces) {
      setAsked(inPlaces);
      goToPlace(place.field, place);
      return;
    }
    await draft.settle();
    await sending.send({ fields: typed, expectedSeq, attachments: files.ids });
  };
  const sendIt = () => {
    if (busy || files.busy || !action.allowed || showUnchosen(form.current)) return;
    if ((conflicted || isAsked) && !wasInSight(first.current)) return;
    const seq = conflicted ? view.expectedSeq : seen;
    setSeen(seq);
    void submit(seq);
  };
  const atOnce = useRef(props.atOnce);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the button was pressed
  useEffect(() => {
    if (atOnce.current) sendIt();
    atOnce.current = false;
  }, []);

  const discard = async () => {
    await draft.settle();
    try {
      const nothing = { action: action.action, fields: null, tab: "thrown-away", counter: 0, based: 0 };
      await send(`resources/cases/records/${reference}/draft`, nothing);
      draft.clear();
      onLeave();
    } catch (error) {
      draft.goOn();
      sending.refuse(problemOf(error));
    }
  };
  const stop = () => {
    sending.stop();
    draft.goOn();
  };
  const fill = (name: string, value: FieldValue) => {
    if (act.phase === "waiting") stop();
    if (isSecret(name)) setSecret((now) => ({ ...now, [name]: value }));
    else draft.set(name, value);
  };
  const set = (name: string, value: FieldValue) => {
    fill(name, value);
    if (name in props.initial) props.onTypedOver(name);
  };
  const onWritten = useRef(props.onWritten);
  onWritten.current = props.onWritten;
  const texts = action.fields.filter(({ type }) => type === "text").map(({ name }) => String(filled[name] ?? ""));
  const written = JSON.stringify([...new Set(texts.filter((text) => text.trim() !== ""))]);
  useEffect(() => {
    onWritten.current(JSON.parse(written));
  }, [written]);
  // A person who follows such an address, also with the form open, means what it says more than what was typed there.
  const meant = JSON.stringify(props.initial);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the address says something else, not when it is typed over
  useEffect(() => {
    for (const [name, value] of Object.entries(props.initial)) {
      if (JSON.stringify(draft.typed[name]) !== JSON.stringify(value)) fill(name, value);
    }
  }, [meant]);

  return {
    draft,
    files,
    act,
    form,
    /** Where what has to be read before sending is shown. */
    first,
    filled,
    /** The fields as they would be sent now. */
    typed,
    onDevice,
    busy,
    problem,
    conflicted,
    /** What happened since the form was opened. */
    changed,
    places,
    isAskedOfPlaces: isAsked && places.length > 0,
    stillMissing,
    send: sendIt,
    /** Sends no more by itself. */
    stop,
    discard,
    set,
    /** The fields as they would be sent; null where a required one is missing, which is marked then. */
    toPreview(): DraftFields | null {
      const empty = missingFields(action.fields, draft.typed);
      setMissing(empty);
      return empty.length === 0 ? typed : null;
    },
  };
}
