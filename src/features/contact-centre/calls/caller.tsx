/** Calls, by keyboard alone: who calls, then a new application or one that is there. */

import React, { useEffect, useRef, useState } from "react";
import { callLabel, onlyLookedUp } from "../../../engine/contact-centre/typed-call.js";
import { msg, pattern } from "../../../engine/text/msg.js";
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
import type { CallDraft, CallerEarlier, CallsView, FoundCallers } from "./caller.page.js";
import { focusFirstEmpty } from "./caller-act.js";
import { ExistingCase, type NamedEarlier } from "./existing-case.js";
import { FindCallers, goToStory } from "./found-callers.js";
import { NewCall } from "./new-call.js";
import { SavedPanel, useSavedCall } from "./saved-call.js";
import { type OpenCall, somethingTyped, useCall } from "./use-call.js";

function OpenCalls({ drafts, onTurn }: { drafts: readonly OpenCall[]; onTurn: (draft: OpenCall) => void }) {
  const { t } = useText();
  return (
    <Panel title={msg("contact-centre.calls.open")}>
      <ul className="call-drafts">
        {drafts.map((draft) => (
          <li key={draft.token}>
            <Button kind="quiet" onClick={() => onTurn(draft)}>
              <bdi>{callLabel(draft.typed) ?? t(msg("contact-centre.calls.unnamed"))}</bdi>
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

/** What is said of the call's number: it takes no text messages, or it came with another look-up than the last. */
interface LookedUp {
  readonly stopped: string | null;
  readonly before: string | null;
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
  const [earlier, setEarlier] = useState<NamedEarlier | null>(null);
  const [looked, setLooked] = useState<LookedUp | null>(null);
  const { saved, isReadOut, readOut, put } = useSavedCall();
  const calling = useCall(
    view.programmes.map(({ code }) => code),
    view,
  );
  const { call, others, type, turnTo } = calling;
  const isNumber = (phone: string | null | undefined) => Boolean(phone) && phone === call.typed.phone;
  const programme = view.programmes.find(({ code }) => code === call.programme);
  const next = () => {
    setPart("new");
    readOut(false);
    // Behind what is read out once more is the call that goes on.
    if (isReadOut && somethingTyped(call.typed)) requestAnimationFrame(goToStory);
    else void turnTo(null);
  };
  const existing = useRef<HTMLDivElement>(null);
  /** By its key: hands stay where they type. */
  const changePart = () => {
    setPart(part === "new" ? "existing" : "new");
    requestAnimationFrame(() => {
      const opened = existing.current?.querySelector<HTMLElement>(".call-opened h2");
      if (part === "new") opened ? opened.focus() : focusFirstEmpty(existing.current);
      else document.getElementById(fieldId("description"))?.focus();
    });
  };
  // The agent's home leads there: the cursor waits where the caller is asked.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the page opens
  useEffect(() => {
    if (part === "existing") focusFirstEmpty(existing.current);
  }, []);
  const openEarlier = (one: CallerEarlier) => {
    setEarlier({ ...one, token: call.token });
    setPart("existing");
  };
  const openReference = (reference: string) => {
    setEarlier({ reference });
    setPart("existing");
  };
  // The agent's home leads to one of their open calls, or to a new one; what is in this window is kept as another.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time one is asked for
  useEffect(() => {
    if (wanted === undefined) return;
    setQuery({ draft: null });
    if (wanted === "new" && somethingTyped(call.typed)) return void turnTo(null);
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
  /** Who was only looked for is the caller of that call. */
  const goOn = async (draft: CallDraft) => {
    const { token, programme: code, typed } = call;
    const drop = onlyLookedUp(typed);
    await turnTo(draft, { drop });
    if (drop) send("pages/caller", { do: "forget", token, programme: code }).catch(() => undefined);
  };
  /** The number goes with who is looked for, until the agent types another. */
  const found = ({ phone, stopped: isStopped }: FoundCallers) => {
    const { phone: typed = "", foundPhone } = call.typed;
    if (phone !== null && (typed === "" || typed === foundPhone)) type({ phone, foundPhone: phone });
    const before = phone === null && typed !== "" && typed === foundPhone ? typed : null;
    setLooked({ stopped: isStopped ? phone : null, before });
    goToStory();
  };
  /** Who was only looked for, to open their earlier case, has been served: the next caller is not them. */
  const served = () => {
    if (earlier !== null && "token" in earlier && earlier.token === call.token && onlyLookedUp(call.typed))
      void throwAway();
    setEarlier(null);
  };
  return (
    <Tabs
      label={msg("contact-centre.calls.tabs")}
      tabs={[
        { id: "new", label: msg("contact-centre.calls.fresh") },
        { id: "existing", label: msg("contact-centre.calls.existing") },
      ]}
      current={part}
      onChange={setPart}
    >
      <div hidden={part !== "existing"} ref={existing}>
        <ExistingCase earlier={earlier} onOver={served} />
      </div>
      {/* What was looked up and typed is there when the agent comes back. */}
      <div hidden={part === "existing"}>
        {saved !== null && isReadOut && <SavedPanel saved={saved} story={saved.story} onNext={next} />}
        {programme !== undefined && (
          <div className="call-page" hidden={isReadOut}>
            <div className="call-side">
              {view.programmes.length > 1 && (
                <Select
                  label={msg("contact-centre.calls.programme")}
                  value={call.programme}
                  onChange={calling.chooseProgramme}
                  choices={view.programmes.map(({ code, name }) => ({ value: code, label: name }))}
                />
              )}
              <FindCallers
                call={call}
                onSought={(sought) => type({ sought })}
                onFound={found}
                onOpen={openEarlier}
                onReference={openReference}
                onTaken={goOn}
              />
              {others.length > 0 && <OpenCalls drafts={others} onTurn={(draft) => void turnTo(draft)} />}
              {view.takenOver.length > 0 && (
                <Panel title={msg("contact-centre.continueCall.takenCalls")}>
                  <ul className="call-drafts">
                    {view.takenOver.map(({ token, by, at }) => (
                      <li key={token}>
                        <bdi>{by}</bdi>{" "}
                        <span className="muted small">
                          <Moment at={String(at)} />
                        </span>
                      </li>
                    ))}
                  </ul>
                </Panel>
              )}
              <p>
                <Button icon="phone" onClick={next}>
                  {t(msg("contact-centre.calls.another"))}
                </Button>
              </p>
              {saved !== null && (
                <p>
                  <Button kind="quiet" onClick={() => readOut(true)}>
                    {t(pattern("contact-centre.calls.readAgain"), { reference: `\u2066${saved.reference}\u2069` })}
                  </Button>
                </p>
              )}
            </div>
            <NewCall
              key={call.token}
              call={call}
              programme={programme}
              isShown={part === "new" && !isReadOut}
              state={calling.state}
              takenBy={calling.takenBy}
              onType={type}
              onThrowAway={throwAway}
              keepNow={calling.keepNow}
              onOpen={openEarlier}
              isStopped={isNumber(looked?.stopped)}
              isOfBefore={isNumber(looked?.before)}
              onSaved={(done) => {
                calling.done(call.token);
                put({ ...done, story: call.typed.story ?? "" });
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
    <Page title={msg("contact-centre.calls.calls")} wide>
      {problem && <ProblemBox problem={problem} />}
      {view === null ? !problem && <Spinner /> : <Calls view={view} />}
    </Page>
  );
}
