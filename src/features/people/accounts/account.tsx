/** "My account": language, password, second step of signing in, sessions. */

import React, { useState } from "react";
import { languageChoices } from "../../../engine/formatting/language-names.js";
import { isLetterWay, letterWayCodes, letterWays } from "../../../engine/letters/letter-ways.js";
import { asLanguage } from "../../../engine/text/languages.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual, Language } from "../../../engine/text/text.js";
import {
  Badge,
  Bidi,
  Button,
  Facts,
  Moment,
  Page,
  Panel,
  ProblemBox,
  Select,
  SendForm,
  Spinner,
  send,
  switchLanguage,
  Table,
  TextField,
  toast,
  useSending,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import type { LettersOfSeat } from "../seat-letters.js";
import type { AccountView, OwnSession } from "./account.page.js";
import { SecondFactorPanel } from "./second-factor-panel.js";

const sessionsPanelWords = {
  title: msg("people.sessionsPanel.whereYouAreSignedIn"),
  started: msg("people.sessionsPanel.started"),
  address: msg("people.sessionsPanel.address"),
  here: msg("people.sessionsPanel.here"),
  ended: msg("people.sessionsPanel.ended"),
  endedOthers: msg("people.sessionsPanel.endedOthers"),
};

/** Where the own account is signed in, and how to end it there. */
function SessionsPanel({ sessions, onChanged }: { sessions: readonly OwnSession[]; onChanged: () => void }) {
  const { t } = useText();
  const sending = useSending();
  const act = async (body: object, said: typeof sessionsPanelWords.ended) => {
    await sending.run(async () => {
      await send("pages/account", body);
      toast(said);
    });
    onChanged();
  };
  const deviceOf = ({ browser, system }: OwnSession): string => {
    if (browser === null) return system === null ? t(msg("people.sessionsPanel.unknown")) : t(system);
    return system === null ? browser : t(pattern("people.sessionsPanel.on"), { browser, system: t(system) });
  };
  const others = sessions.some(({ current }) => !current);
  return (
    <Panel title={sessionsPanelWords.title} flush>
      <div className="stack">
        <p className="muted panel-inset">{t(msg("people.sessionsPanel.what"))}</p>
        <ProblemBox problem={sending.problem} />
        <Table
          caption={sessionsPanelWords.title}
          rows={sessions}
          rowKey={({ id }) => id}
          empty={<p>{t(msg("people.sessionsPanel.none"))}</p>}
          columns={[
            {
              key: "device",
              label: msg("people.sessionsPanel.device"),
              cell: (session) => (
                <>
                  {deviceOf(session)} {session.current && <Badge tone="done">{t(sessionsPanelWords.here)}</Badge>}
                </>
              ),
            },
            { key: "startedAt", label: sessionsPanelWords.started, cell: ({ startedAt }) => <Moment at={startedAt} /> },
            { key: "seenAt", label: msg("people.sessionsPanel.seen"), cell: ({ seenAt }) => <Moment at={seenAt} /> },
            { key: "address", label: sessionsPanelWords.address, cell: ({ address }) => <Bidi ltr>{address}</Bidi> },
            {
              key: "act",
              hideLabel: true,
              label: msg("people.sessionsPanel.act"),
              cell: (session) =>
                session.current ? null : (
                  <Button
                    small
                    busy={sending.busy}
                    label={msg("people.sessionsPanel.endOf", { device: deviceOf(session) })}
                    onClick={() => void act({ do: "endSession", id: session.id }, sessionsPanelWords.ended)}
                  >
                    {t(msg("people.sessionsPanel.end"))}
                  </Button>
                ),
            },
          ]}
        />
        {others && (
          <div className="panel-inset">
            <Button busy={sending.busy} onClick={() => void act({ do: "endOthers" }, sessionsPanelWords.endedOthers)}>
              {t(msg("people.sessionsPanel.endOthers"))}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

const lettersPanelWords = {
  save: msg("people.lettersPanel.save"),
  none: msg("people.lettersPanel.none"),
};

function OnePosition({ letters, onChanged }: { letters: LettersOfSeat; onChanged: () => void }) {
  const { t, moment } = useText();
  const [way, setWay] = useState<string>(letters.way ?? "");
  const sending = useSending();
  const { programme, seat } = letters;
  const scope = `letters-${programme}-${seat}-`;
  const save = async () => {
    await send("pages/account", { do: "letters", programme, seat, way, before: letters.way ?? "" });
    toast(msg("people.lettersPanel.saved"), "success");
    onChanged();
  };
  const by =
    letters.by === null || letters.at === null
      ? null
      : t(pattern("people.lettersPanel.chosen"), { name: letters.by, at: moment(letters.at) });
  return (
    <SendForm sending={sending} onSend={save} fields={new Map([["way", letters.title]])} scope={scope}>
      <Select
        name={`${scope}way`}
        label={letters.title}
        help={by}
        value={way}
        empty={t(pattern("people.lettersPanel.usual"), { way: t(letterWays[letters.usual]) })}
        onChange={(value) => setWay(isLetterWay(value) ? value : "")}
        choices={letterWayCodes.map((value) => ({ value, label: letterWays[value] }))}
        fault={sending.faultAt("/way")}
      />
      <div>
        <Button type="submit" busy={sending.busy} label={`${t(lettersPanelWords.save)}: ${t(letters.title)}`}>
          {t(lettersPanelWords.save)}
        </Button>
      </div>
    </SendForm>
  );
}

/** How the positions that somebody holds get letters; the choice is the position's, and the next holder finds it. */
function LettersPanel({ letters, onChanged }: { letters: readonly LettersOfSeat[]; onChanged: () => void }) {
  const { t } = useText();
  return (
    <Panel title={msg("people.lettersPanel.lettersOfYourPositions")} id="letters">
      <div className="stack">
        <p className="muted">{t(letters.length === 0 ? lettersPanelWords.none : msg("people.lettersPanel.what"))}</p>
        {letters.map((one) => (
          <OnePosition key={`${one.programme}/${one.seat}/${one.way ?? ""}`} letters={one} onChanged={onChanged} />
        ))}
      </div>
    </Panel>
  );
}

const passwordFormWords = {
  current: msg("people.account.passwordFormWordsCurrent"),
  next: msg("people.account.passwordFormWordsNext"),
  repeat: msg("people.account.passwordFormWordsRepeat"),
};
const passwordFields = new Map(Object.entries(passwordFormWords));
const empty = { current: "", next: "", repeat: "" };
const most = 200;

/** A new password for the own account; the old one is asked for. */
function PasswordForm({ email, onChanged }: { email: string; onChanged: () => void }) {
  const { t } = useText();
  const [typed, setTyped] = useState(empty);
  const sending = useSending();
  const field = (name: keyof typeof empty, autoComplete: string, help?: Bilingual) => (
    <TextField
      name={`password-${name}`}
      label={passwordFormWords[name]}
      help={help}
      type="password"
      dir="ltr"
      autoComplete={autoComplete}
      maxLength={most}
      value={typed[name]}
      onChange={(value) => setTyped({ ...typed, [name]: value })}
      fault={sending.faultAt(`/${name}`)}
    />
  );
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
        {field("current", "current-password")}
        {field("next", "new-password", msg("people.account.passwordFormWordsHelp"))}
        {field("repeat", "new-password")}
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
