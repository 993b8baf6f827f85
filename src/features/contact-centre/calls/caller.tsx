/** Calls, by keyboard alone: who calls, then a new application or one that is there. */

import React, { useEffect, useState } from "react";
import { callLabel } from "../../../engine/contact-centre/call-label.js";
import { msg } from "../../../engine/text/msg.js";
import {
  Button,
  fieldId,
  Moment,
  Page,
  Panel,
  ProblemBox,
  Select,
  Spinner,
  send,
  Tabs,
  useAddress,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import type { CallerEarlier, CallsView, FoundCallers, SavedCall } from "./caller.page.js";
import { ExistingCase, type FoundEarlier } from "./existing-case.js";
import { FindCallers, goToStory } from "./found-callers.js";
import { NewCall } from "./new-call.js";
import { SavedPanel } from "./saved-call.js";
import { type OpenCall, useCall } from "./use-call.js";

const words = {
  title: msg("contact-centre.calls.calls"),
  tabs: msg("contact-centre.calls.tabs"),
  fresh: msg("contact-centre.calls.fresh"),
  existing: msg("contact-centre.calls.existing"),
  open: msg("contact-centre.calls.open"),
  another: msg("contact-centre.calls.another"),
  programme: msg("contact-centre.calls.programme"),
  unnamed: msg("contact-centre.calls.unnamed"),
};

function OpenCalls({ drafts, onTurn }: { drafts: readonly OpenCall[]; onTurn: (draft: OpenCall) => void }) {
  const { t } = useText();
  return (
    <Panel title={words.open}>
      <ul className="call-drafts">
        {drafts.map((draft) => (
          <li key={draft.token}>
            <Button kind="quiet" onClick={() => onTurn(draft)}>
              <bdi>{callLabel(draft.typed) ?? t(words.unnamed)}</bdi>
            </Button>
            {draft.updatedAt !== undefined && (
              <span className="muted small">
                <Moment at={String(draft.updatedAt)} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Calls({ view }: { view: CallsView }) {
  const { t } = useText();
  const [{ part: asked, draft: wanted }, setQuery] = useAddress();
  const [part, turnPart] = useState(asked === "existing" ? "existing" : "new");
  /** It stands in the address too: a reload comes back to it. */
  const setPart = (next: string) => {
    turnPart(next);
    setQuery({ part: next === "existing" ? next : null });
  };
  const [earlier, setEarlier] = useState<FoundEarlier | null>(null);
  const [saved, setSaved] = useState<(SavedCall & { readonly story: string }) | null>(null);
  const calling = useCall(
    view.programmes.map(({ code }) => code),
    view.drafts,
  );
  // A reload would lose the code for good.
  useEffect(() => {
    if (saved === null) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [saved]);
  const { call, others, type, turnTo } = calling;
  const programme = view.programmes.find(({ code }) => code === call.programme);
  const next = () => {
    setSaved(null);
    setPart("new");
    void turnTo(null);
  };
  /** By its key: hands stay where they type. */
  const changePart = () => {
    const [other, first] = part === "new" ? ["existing", "reference"] : ["new", "description"];
    setPart(other as string);
    requestAnimationFrame(() => document.getElementById(fieldId(first as string))?.focus());
  };
  const openEarlier = (one: CallerEarlier) => {
    setEarlier({ ...one, token: call.token });
    setPart("existing");
  };
  // The agent's home leads to one of their open calls; what is in this window is kept as another.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time one is asked for
  useEffect(() => {
    if (wanted === undefined) return;
    setQuery({ draft: null });
    const draft = view.drafts.find(({ id }) => String(id) === wanted);
    if (draft !== undefined && draft.token !== call.token) void turnTo(draft);
  }, [wanted]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.code === "KeyN") next();
      else if (event.code === "KeyE") changePart();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
  const throwAway = async () => {
    const { token, programme: code } = call;
    await calling.keepNow();
    await send("pages/caller", { do: "forget", token, programme: code }).catch(() => undefined);
    calling.done(token);
  };
  const found = ({ phone }: FoundCallers) => {
    if (phone !== null && !call.typed.phone) type({ phone });
    goToStory();
  };
  return (
    <Tabs
      label={words.tabs}
      tabs={[
        { id: "new", label: words.fresh },
        { id: "existing", label: words.existing },
      ]}
      current={part}
      onChange={setPart}
    >
      <div hidden={part !== "existing"}>
        <ExistingCase earlier={earlier} />
      </div>
      {/* What was looked up and typed is there when the agent comes back. */}
      <div hidden={part === "existing"}>
        {programme === undefined ? null : saved !== null ? (
          <SavedPanel saved={saved} story={saved.story} onNext={next} />
        ) : (
          <div className="call-page">
            <div className="call-side">
              {view.programmes.length > 1 && (
                <Select
                  label={words.programme}
                  value={call.programme}
                  onChange={calling.chooseProgramme}
                  choices={view.programmes.map(({ code, name }) => ({ value: code, label: name }))}
                />
              )}
              <FindCallers call={call} onSought={(sought) => type({ sought })} onFound={found} onOpen={openEarlier} />
              {others.length > 0 && <OpenCalls drafts={others} onTurn={(draft) => void turnTo(draft)} />}
              <p>
                <Button icon="phone" onClick={next}>
                  {t(words.another)}
                </Button>
              </p>
            </div>
            <NewCall
              key={call.token}
              call={call}
              programme={programme}
              isShown={part === "new"}
              state={calling.state}
              onType={type}
              onThrowAway={throwAway}
              keepNow={calling.keepNow}
              onOpen={openEarlier}
              onSaved={(done) => {
                calling.done(call.token);
                setSaved({ ...done, story: call.typed.story ?? "" });
              }}
            />
          </div>
        )}
      </div>
    </Tabs>
  );
}

export function Caller() {
  const { view, problem } = useView<CallsView>("pages/caller");
  return (
    <Page title={words.title} wide>
      {problem && <ProblemBox problem={problem} />}
      {view === null ? !problem && <Spinner /> : <Calls view={view} />}
    </Page>
  );
}
