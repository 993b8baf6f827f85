/** "My account": language, password, second step of signing in, sessions. */

import React, { useState } from "react";
import { languageChoices } from "../../../engine/formatting/language-names.js";
import { asLanguage } from "../../../engine/text/languages.js";
import { msg } from "../../../engine/text/msg.js";
import type { Language } from "../../../engine/text/text.js";
import {
  Bidi,
  Button,
  Facts,
  Page,
  Panel,
  ProblemBox,
  Select,
  SendForm,
  Spinner,
  send,
  switchLanguage,
  TextField,
  toast,
  useSending,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import type { AccountView } from "./account.page.js";
import { LettersPanel } from "./letters-panel.js";
import { SecondFactorPanel } from "./second-factor-panel.js";
import { SessionsPanel } from "./sessions-panel.js";

const passwordFormWords = {
  current: msg("people.account.passwordFormWordsCurrent"),
  next: msg("people.account.passwordFormWordsNext"),
  repeat: msg("people.account.passwordFormWordsRepeat"),
};
const passwordFields = new Map([
  ["current", passwordFormWords.current],
  ["next", passwordFormWords.next],
  ["repeat", passwordFormWords.repeat],
]);
const empty = { current: "", next: "", repeat: "" };
const most = 200;

/** A new password for the own account; the old one is asked for. */
function PasswordForm({ email, onChanged }: { email: string; onChanged: () => void }) {
  const { t } = useText();
  const [typed, setTyped] = useState(empty);
  const sending = useSending();
  const change = (name: keyof typeof empty) => (value: string) => setTyped({ ...typed, [name]: value });
  const save = async () => {
    await send("pages/account", { do: "password", ...typed });
    setTyped(empty);
    toast(msg("people.account.passwordFormWordsDone"));
    onChanged();
  };
  return (
    <Panel title={msg("people.account.passwordFormWordsTitle")}>
      <SendForm sending={sending} onSend={save} fields={passwordFields} scope="password-">
        {/* So that password managers know whose it is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <TextField
          name="password-current"
          label={passwordFormWords.current}
          type="password"
          dir="ltr"
          autoComplete="current-password"
          maxLength={most}
          value={typed.current}
          onChange={change("current")}
          fault={sending.faultAt("/current")}
        />
        <TextField
          name="password-next"
          label={passwordFormWords.next}
          help={msg("people.account.passwordFormWordsHelp")}
          type="password"
          dir="ltr"
          autoComplete="new-password"
          maxLength={most}
          value={typed.next}
          onChange={change("next")}
          fault={sending.faultAt("/next")}
        />
        <TextField
          name="password-repeat"
          label={passwordFormWords.repeat}
          type="password"
          dir="ltr"
          autoComplete="new-password"
          maxLength={most}
          value={typed.repeat}
          onChange={change("repeat")}
          fault={sending.faultAt("/repeat")}
        />
        <div>
          <Button type="submit" busy={sending.busy}>
            {t(msg("people.account.passwordFormWordsChange"))}
          </Button>
        </div>
      </SendForm>
    </Panel>
  );
}

const accountAddress = "pages/account";

const words = {
  language: msg("people.account.language"),
};

function LanguageForm({ current }: { current: Language }) {
  const { t } = useText();
  const [language, setLanguage] = useState(current);
  const sending = useSending();
  const save = async () => {
    await send(accountAddress, { do: "language", language });
    await switchLanguage(language);
    toast(msg("people.account.saved"), "success");
  };
  return (
    <SendForm sending={sending} onSend={save} fields={new Map([["language", words.language]])}>
      <Select
        name="language"
        label={words.language}
        value={language}
        onChange={(value) => setLanguage(asLanguage(value) ?? language)}
        choices={languageChoices()}
        fault={sending.faultAt("/language")}
      />
      <div>
        <Button type="submit" busy={sending.busy}>
          {t(msg("people.account.save"))}
        </Button>
      </div>
    </SendForm>
  );
}

export function Account() {
  const { t } = useText();
  const { view, problem, reload } = useView<AccountView>(accountAddress);
  return (
    <Page title={msg("people.account.myAccount")}>
      <ProblemBox problem={problem} />
      {view === null && problem === null && <Spinner />}
      {view && (
        <div className="stack account-page">
          <Panel title={msg("people.account.you")}>
            <div className="stack">
              <Facts
                rows={[
                  { label: msg("people.account.name"), value: <Bidi>{view.name}</Bidi> },
                  { label: msg("people.account.email"), value: <Bidi ltr>{view.email}</Bidi> },
                ]}
              />
              <p className="muted">{t(msg("people.account.ask"))}</p>
              <LanguageForm current={view.language} />
            </div>
          </Panel>
          <LettersPanel letters={view.letters} onChanged={reload} />
          <SecondFactorPanel status={view.secondFactor} onChanged={reload} />
          <PasswordForm email={view.email} onChanged={reload} />
          <SessionsPanel sessions={view.sessions} onChanged={reload} />
        </div>
      )}
    </Page>
  );
}
