/** Where the own account is signed in, and how to end it there. */
import React, { useState } from "react";
import {
  Badge,
  Bidi,
  Button,
  Moment,
  Panel,
  problemOf,
  send,
  Table,
  toast,
  useText,
} from "../../../platform/ui/kit.js";
import type { OwnSession } from "./account.page.js";

const words = {
  title: { en: "Where you are signed in", ar: "جلساتك" },
  what: {
    en: "A session ends after two hours without use and after twelve in all.",
    ar: "تنتهي الجلسة بعد ساعتين دون استخدام وبعد اثنتي عشرة ساعة في كل الأحوال.",
  },
  device: { en: "Browser", ar: "المتصفح" },
  started: { en: "Signed in", ar: "وقت الدخول" },
  seen: { en: "Last used", ar: "آخر استخدام" },
  address: { en: "Address", ar: "العنوان" },
  act: { en: "Action", ar: "الإجراء" },
  here: { en: "This one", ar: "هذه الجلسة" },
  unknown: { en: "Unknown browser", ar: "متصفح غير معروف" },
  on: { en: "{browser}, {system}", ar: "{browser}، {system}" },
  end: { en: "End this one", ar: "إنهاء" },
  endOf: { en: "End this one: {device}", ar: "إنهاء: {device}" },
  ended: { en: "The session has ended.", ar: "انتهت الجلسة." },
  endOthers: { en: "End all others", ar: "إنهاء الجلسات الأخرى" },
  endedOthers: {
    en: "All other sessions have ended, and no other device is known to your account any more.",
    ar: "انتهت جميع الجلسات الأخرى، ولم يعد أي جهاز آخر معروفًا لحسابك.",
  },
  none: { en: "You are signed in nowhere else.", ar: "لم تسجّل الدخول في مكان آخر." },
};

export function SessionsPanel({ sessions, onChanged }: { sessions: readonly OwnSession[]; onChanged: () => void }) {
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const act = async (body: object, said: typeof words.ended) => {
    setBusy(true);
    try {
      await send("pages/account", body);
      toast(said);
    } catch (error) {
      toast(problemOf(error).detail, "danger");
    }
    setBusy(false);
    onChanged();
  };
  const deviceOf = ({ browser, system }: OwnSession): string => {
    if (browser === null) return system === null ? t(words.unknown) : t(system);
    return system === null ? browser : t(words.on, { browser, system: t(system) });
  };
  const others = sessions.some(({ current }) => !current);
  return (
    <Panel title={words.title} flush>
      <div className="stack">
        <p className="muted panel-inset">{t(words.what)}</p>
        <Table
          caption={words.title}
          rows={sessions}
          rowKey={({ id }) => id}
          empty={<p>{t(words.none)}</p>}
          columns={[
            {
              key: "device",
              label: words.device,
              cell: (session) => (
                <>
                  {deviceOf(session)} {session.current && <Badge tone="done">{t(words.here)}</Badge>}
                </>
              ),
            },
            { key: "startedAt", label: words.started, cell: ({ startedAt }) => <Moment at={startedAt} /> },
            { key: "seenAt", label: words.seen, cell: ({ seenAt }) => <Moment at={seenAt} /> },
            { key: "address", label: words.address, cell: ({ address }) => <Bidi ltr>{address}</Bidi> },
            {
              key: "act",
              hideLabel: true,
              label: words.act,
              cell: (session) =>
                session.current ? null : (
                  <Button
                    small
                    busy={busy}
                    label={{
                      en: words.endOf.en.replace("{device}", deviceOf(session)),
                      ar: words.endOf.ar.replace("{device}", deviceOf(session)),
                    }}
                    onClick={() => void act({ do: "endSession", id: session.id }, words.ended)}
                  >
                    {t(words.end)}
                  </Button>
                ),
            },
          ]}
        />
        {others && (
          <div className="panel-inset">
            <Button busy={busy} onClick={() => void act({ do: "endOthers" }, words.endedOthers)}>
              {t(words.endOthers)}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
