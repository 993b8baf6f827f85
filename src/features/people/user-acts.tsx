/** What can be done with an account, each after a question that says what follows. */

import React, { useState } from "react";
import { msg, pattern } from "../../engine/text/msg.js";
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
  disable: msg("people.userActs.disable"),
  disableSure: pattern("people.userActs.disableSure"),
  disableHint: msg("people.userActs.disableHint"),
  returned: pattern("people.userActs.returned"),
  disabled: pattern("people.userActs.disabled"),
  enable: msg("people.userActs.enable"),
  enableSure: pattern("people.userActs.enableSure"),
  enableHint: msg("people.userActs.enableHint"),
  enabled: msg("people.userActs.enabled"),
  reset: msg("people.userActs.reset"),
  resetSure: pattern("people.userActs.resetSure"),
  resetHint: msg("people.userActs.resetHint"),
  resetAct: msg("people.userActs.resetAct"),
  resetDone: msg("people.userActs.resetDone"),
  linkTitle: msg("people.userActs.linkTitle"),
  linkHint: msg("people.userActs.linkHint"),
  link: msg("people.userActs.link"),
  factor: msg("people.userActs.factor"),
  factorSure: pattern("people.userActs.factorSure"),
  factorHint: msg("people.userActs.factorHint"),
  factorDone: msg("people.userActs.factorDone"),
};

type Doing = "disable" | "enable" | "reset" | "forgetSecondFactor";

interface UserActsProps {
  readonly record: RecordView;
  readonly detail: SentUser;
  readonly onDone: () => void;
}

export function UserActs({ record, detail, onDone }: UserActsProps) {
  const { t } = useText();
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
            done(t(words.disabled, { n: cases }));
          }}
        >
          <p>{t(words.disableHint)}</p>
          {detail.taken.count > 0 && (
            <NoticeBox tone="warning">
              <p>{t(words.returned, { n: detail.taken.count })}</p>
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
