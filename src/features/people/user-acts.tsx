/** What can be done with an account, each after a question that says what follows. */

import React, { useState } from "react";
import type { RecordAnswer, RecordView } from "../../platform/admin/resource-view.js";
import { Button, Confirm, NoticeBox, send, toast, useText } from "../../platform/ui/kit.js";
import type { HandedOver } from "./people.js";
import { ShownOnce } from "./shown-once.js";
import type { UserView } from "./users.resource.js";

/** As it travels: moments as text. */
type Sent<Shape> = Shape extends Date
  ? string
  : Shape extends readonly (infer Item)[]
    ? readonly Sent<Item>[]
    : Shape extends object
      ? { readonly [Key in keyof Shape]: Sent<Shape[Key]> }
      : Shape;

export type SentUser = Sent<UserView>;

const words = {
  disable: { en: "Disable", ar: "تعطيل الحساب" },
  disableSure: { en: "Disable the account of {name}?", ar: "تعطيل حساب {name}؟" },
  disableHint: {
    en: "All sessions end at once, and nobody can sign in with it. The seats stay in name only; nothing is sent to this person. Confidential cases that they have taken go back as well and are in no number.",
    ar: "تنتهي جميع الجلسات فورًا ولا يمكن تسجيل الدخول به. تبقى المقاعد بالاسم فقط، ولا يُرسل شيء إلى هذا الشخص. وتعود المعاملات السرّية التي تولاها أيضًا، ولا تدخل في أي عدد.",
  },
  returned: {
    en: "Open cases that go back to their entities: {n}.",
    ar: "المعاملات المفتوحة التي ستعود إلى جهاتها: {n}.",
  },
  disabled: { en: "Disabled. Cases that went back: {n}.", ar: "عُطّل الحساب. عدد المعاملات التي أُعيدت: {n}." },
  enable: { en: "Enable", ar: "تفعيل الحساب" },
  enableSure: { en: "Enable the account of {name} again?", ar: "تفعيل حساب {name} من جديد؟" },
  enableHint: {
    en: "They sign in as before, with the seats that they still hold.",
    ar: "يمكن تسجيل الدخول كما كان، بالمقاعد التي ما زالت قائمة.",
  },
  enabled: { en: "Enabled.", ar: "فُعّل الحساب." },
  reset: { en: "New password", ar: "كلمة مرور جديدة" },
  resetSure: { en: "Send {name} a link for a new password?", ar: "إرسال رابط لكلمة مرور جديدة إلى {name}؟" },
  resetHint: {
    en: "The link works once. The old password stays until it is used.",
    ar: "يعمل الرابط مرة واحدة. تبقى كلمة المرور الحالية حتى استخدامه.",
  },
  resetAct: { en: "Send the link", ar: "إرسال الرابط" },
  resetDone: { en: "The link is on its way.", ar: "أُرسل الرابط." },
  linkTitle: { en: "Hand over this link", ar: "سلّم هذا الرابط" },
  linkHint: {
    en: "No mail can be sent from here. Give this link to the person. It is shown only now.",
    ar: "لا يمكن إرسال البريد من هنا. سلّم هذا الرابط للشخص. لن يظهر مرة أخرى.",
  },
  link: { en: "Link", ar: "الرابط" },
  factor: { en: "Remove second factor", ar: "إزالة العامل الثاني" },
  factorSure: { en: "Remove the second factor of {name}?", ar: "إزالة العامل الثاني لحساب {name}؟" },
  factorHint: {
    en: "For whoever lost telephone and recovery codes. Make sure that it is really them: without it the password alone opens the account.",
    ar: "لمن فقد هاتفه ورموز الاسترداد. تحقق من هويته أولًا: بعدها تكفي كلمة المرور وحدها لفتح الحساب.",
  },
  factorDone: { en: "The second factor was removed.", ar: "أُزيل العامل الثاني." },
};

type Doing = "disable" | "enable" | "reset" | "forgetSecondFactor";

interface UserActsProps {
  readonly record: RecordView;
  readonly detail: SentUser;
  readonly onDone: () => void;
}

export function UserActs({ record, detail, onDone }: UserActsProps) {
  const { t, number } = useText();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const { values, actions } = record;
  const name = String(values.name);
  const isDisabled = values.state === "disabled";
  const may = (act: Doing) => actions.includes(act) && (detail.mayEdit || (act === "disable" && detail.mayDisable));
  const post = (act: Doing) => send<RecordAnswer>(`resources/users/records/${record.id}/${act}`);
  const close = () => setDoing(null);
  const done = (said: string) => {
    toast(said);
    close();
    onDone();
  };
  return (
    <>
      {may("forgetSecondFactor") && values.secondFactor === true && (
        <Button kind="quiet" icon="shield" onClick={() => setDoing("forgetSecondFactor")}>
          {t(words.factor)}
        </Button>
      )}
      {may("disable") && !isDisabled && (
        <Button kind="quiet" icon="lock" onClick={() => setDoing("disable")}>
          {t(words.disable)}
        </Button>
      )}
      {may("enable") && isDisabled && (
        <Button icon="restore" onClick={() => setDoing("enable")}>
          {t(words.enable)}
        </Button>
      )}
      {may("reset") && !isDisabled && (
        <Button icon="key" onClick={() => setDoing("reset")}>
          {t(words.reset)}
        </Button>
      )}
      {doing === "disable" && (
        <Confirm
          title={t(words.disableSure, { name })}
          action={words.disable}
          kind="danger"
          onClose={close}
          onConfirm={async () => {
            const { cases } = (await post("disable")).view as HandedOver;
            done(t(words.disabled, { n: number(cases) }));
          }}
        >
          <p>{t(words.disableHint)}</p>
          {detail.taken.count > 0 && (
            <NoticeBox tone="warning">
              <p>{t(words.returned, { n: number(detail.taken.count) })}</p>
            </NoticeBox>
          )}
        </Confirm>
      )}
      {doing === "enable" && (
        <Confirm
          title={t(words.enableSure, { name })}
          action={words.enable}
          onClose={close}
          onConfirm={async () => {
            await post("enable");
            done(t(words.enabled));
          }}
        >
          <p>{t(words.enableHint)}</p>
        </Confirm>
      )}
      {doing === "reset" && (
        <Confirm
          title={t(words.resetSure, { name })}
          action={words.resetAct}
          onClose={close}
          onConfirm={async () => {
            const { link: handed } = (await post("reset")).view as { link: string | null };
            if (handed === null) return done(t(words.resetDone));
            close();
            setLink(handed);
          }}
        >
          <p>{t(words.resetHint)}</p>
        </Confirm>
      )}
      {doing === "forgetSecondFactor" && (
        <Confirm
          title={t(words.factorSure, { name })}
          action={words.factor}
          kind="danger"
          onClose={close}
          onConfirm={async () => {
            await post("forgetSecondFactor");
            done(t(words.factorDone));
          }}
        >
          <p>{t(words.factorHint)}</p>
        </Confirm>
      )}
      {link !== null && (
        <ShownOnce
          title={words.linkTitle}
          hint={words.linkHint}
          label={words.link}
          secret={link}
          onClose={() => setLink(null)}
        />
      )}
    </>
  );
}
