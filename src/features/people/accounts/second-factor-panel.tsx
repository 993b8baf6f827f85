/** The second step of signing in: set up, recovery codes, taken away. */

import React, { type ReactNode, useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Badge,
  Button,
  Dialog,
  Moment,
  NoticeBox,
  Panel,
  SendForm,
  send,
  TextField,
  toast,
  useSending,
  useText,
  type Words,
} from "../../../platform/ui/kit.js";
import type { BegunFactor } from "./account.page.js";
import type { SecondFactorStatus } from "./accounts.js";

/** Recovery codes, shown once. */
function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useText();
  return (
    <Dialog title={msg("people.secondFactorPanel.recoveryCodesWordsTitle")} onClose={onClose}>
      <div className="stack">
        <p>{t(msg("people.secondFactorPanel.recoveryCodesWordsLead"))}</p>
        <ul className="account-codes ltr" dir="ltr">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <div className="form-actions">
          <Button kind="primary" onClick={onClose}>
            {t(msg("people.secondFactorPanel.recoveryCodesWordsDone"))}
          </Button>
          <Button icon="copy" onClick={() => window.print()}>
            {t(msg("people.secondFactorPanel.recoveryCodesWordsPrint"))}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** What is asked for, and where the server says that it is wrong. */
const fields = {
  code: {
    label: msg("people.secondFactorPanel.codeFormWordsCode"),
    autoComplete: "one-time-code",
    maxLength: 40,
    at: "code",
  },
  password: {
    label: msg("people.secondFactorPanel.codeFormWordsPassword"),
    type: "password",
    autoComplete: "current-password",
    maxLength: 200,
    at: "current",
  },
} as const;

/** The page has a field of the same name that changes the password. */
const scope = "factor-";

interface CodeFormProps {
  /** Left out: a code. */
  readonly asks?: "code" | "password";
  readonly action: Words;
  readonly kind?: "primary" | "danger";
  /** Rejects with a refusal, which is shown here. */
  readonly onCode: (code: string) => Promise<void>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks for a code, or for the password, before something about signing in changes. */
function CodeForm({ asks = "code", action, kind = "primary", onCode, onClose, children }: CodeFormProps) {
  const { t } = useText();
  const { at, ...asked } = fields[asks];
  const [code, setCode] = useState("");
  const sending = useSending();
  const places = new Map([[at, asked.label]]);
  return (
    <SendForm sending={sending} onSend={() => onCode(code)} fields={places} scope={scope}>
      {children}
      <TextField
        {...asked}
        name={scope + at}
        dir="ltr"
        size={24}
        value={code}
        onChange={setCode}
        fault={sending.faultAt(`/${at}`)}
      />
      <div className="form-actions">
        <Button type="submit" kind={kind} busy={sending.busy}>
          {t(action)}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t(msg("people.secondFactorPanel.codeFormWordsCancel"))}
        </Button>
      </div>
    </SendForm>
  );
}

const words = {
  on: msg("people.secondFactorPanel.on"),
  off: msg("people.secondFactorPanel.off"),
  setUp: msg("people.secondFactorPanel.setUp"),
  confirm: msg("people.secondFactorPanel.confirm"),
  renew: msg("people.secondFactorPanel.renew"),
  remove: msg("people.secondFactorPanel.remove"),
};
const fewCodes = 3;
type Doing = "nothing" | "password" | "setUp" | "renew" | "remove";

export function SecondFactorPanel({ status, onChanged }: { status: SecondFactorStatus; onChanged: () => void }) {
  const { t } = useText();
  const [doing, setDoing] = useState<Doing>("nothing");
  const [begun, setBegun] = useState<BegunFactor | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);

  const begin = async (current: string) => {
    setBegun(await send<BegunFactor>("pages/account", { do: "begin", current }));
    setDoing("setUp");
  };
  const stop = () => {
    setDoing("nothing");
    setBegun(null);
  };
  const withCodes = async (act: string, code: string) => {
    const answer = await send<{ codes: readonly string[] }>("pages/account", { do: act, code });
    setCodes(answer.codes);
    stop();
    onChanged();
  };
  const remove = async (code: string) => {
    await send("pages/account", { do: "remove", code });
    toast(msg("people.secondFactorPanel.removed"));
    stop();
    onChanged();
  };

  return (
    <Panel title={msg("people.secondFactorPanel.secondStepOfSigningIn")}>
      <div className="stack">
        <p>
          <Badge tone={status.on ? "done" : "neutral"}>{t(status.on ? words.on : words.off)}</Badge>{" "}
          {status.since && (
            <>
              {t(msg("people.secondFactorPanel.since"))} <Moment at={status.since} />
            </>
          )}{" "}
          {status.required && t(msg("people.secondFactorPanel.required"))}
        </p>
        <p>{t(msg("people.secondFactorPanel.what"))}</p>
        {status.on && <p>{t(pattern("people.secondFactorPanel.left"), { n: status.recoveryCodesLeft })}</p>}
        {status.on && status.recoveryCodesLeft <= fewCodes && (
          <NoticeBox tone="warning">
            <p>{t(msg("people.secondFactorPanel.few"))}</p>
          </NoticeBox>
        )}
        {doing === "password" && (
          <CodeForm asks="password" action={msg("people.secondFactorPanel.next")} onCode={begin} onClose={stop}>
            <p>{t(msg("people.secondFactorPanel.setUpLead"))}</p>
          </CodeForm>
        )}
        {doing === "setUp" && begun && (
          <CodeForm action={words.confirm} onCode={(code) => withCodes("confirm", code)} onClose={stop}>
            <p>{t(msg("people.secondFactorPanel.scan"))}</p>
            <div
              className="account-qr"
              role="img"
              aria-label={t(msg("people.secondFactorPanel.picture"))}
              // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by the server out of a number, typed by nobody
              dangerouslySetInnerHTML={{ __html: begun.picture }}
            />
            <p>
              {t(msg("people.secondFactorPanel.type"))}{" "}
              <code className="ltr" dir="ltr">
                {begun.manual}
              </code>
            </p>
          </CodeForm>
        )}
        {doing === "renew" && (
          <CodeForm action={words.renew} onCode={(code) => withCodes("renew", code)} onClose={stop}>
            <p>{t(msg("people.secondFactorPanel.renewLead"))}</p>
          </CodeForm>
        )}
        {doing === "remove" && (
          <CodeForm action={words.remove} kind="danger" onCode={remove} onClose={stop}>
            <p>{t(msg("people.secondFactorPanel.removeLead"))}</p>
          </CodeForm>
        )}
        {doing === "nothing" && (
          <div className="form-actions">
            {!status.on && <Button onClick={() => setDoing("password")}>{t(words.setUp)}</Button>}
            {status.on && <Button onClick={() => setDoing("renew")}>{t(words.renew)}</Button>}
            {status.on && !status.required && (
              <Button kind="danger" onClick={() => setDoing("remove")}>
                {t(words.remove)}
              </Button>
            )}
          </div>
        )}
      </div>
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </Panel>
  );
}
