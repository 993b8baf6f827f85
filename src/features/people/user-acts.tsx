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
  enable: msg("people.userActs.enable"),
  factor: msg("people.userActs.factor"),
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
          {t(msg("people.userActs.reset"))}
        </Button>
      )}
      {doing === "disable" && (
        <Confirm
          title={t(pattern("people.userActs.disableSure"), { name })}
          action={words.disable}
          kind="danger"
          onClose={close}
          onConfirm={async () => {
            const { cases } = (await post("disable")).view as HandedOver;
            done(t(pattern("people.userActs.disabled"), { n: cases }));
          }}
        >
          <p>{t(msg("people.userActs.disableHint"))}</p>
          {detail.taken.count > 0 && (
            <NoticeBox tone="warning">
              <p>{t(pattern("people.userActs.returned"), { n: detail.taken.count })}</p>
            </NoticeBox>
          )}
        </Confirm>
      )}
      {doing === "enable" && (
        <Confirm
          title={t(pattern("people.userActs.enableSure"), { name })}
          action={words.enable}
          onClose={close}
          onConfirm={async () => {
            await post("enable");
            done(t(msg("people.userActs.enabled")));
          }}
        >
          <p>{t(msg("people.userActs.enableHint"))}</p>
        </Confirm>
      )}
      {doing === "reset" && (
        <Confirm
          title={t(pattern("people.userActs.resetSure"), { name })}
          action={msg("people.userActs.resetAct")}
          onClose={close}
          onConfirm={async () => {
            const { link: handed } = (await post("reset")).view as { link: string | null };
            if (handed === null) return done(t(msg("people.userActs.resetDone")));
            close();
            setLink(handed);
          }}
        >
          <p>{t(msg("people.userActs.resetHint"))}</p>
        </Confirm>
      )}
      {doing === "forgetSecondFactor" && (
        <Confirm
          title={t(pattern("people.userActs.factorSure"), { name })}
          action={words.factor}
          kind="danger"
          onClose={close}
          onConfirm={async () => {
            await post("forgetSecondFactor");
            done(t(msg("people.userActs.factorDone")));
          }}
        >
          <p>{t(msg("people.userActs.factorHint"))}</p>
        </Confirm>
      )}
      {link !== null && (
        <ShownOnce
          title={msg("people.userActs.linkTitle")}
          hint={msg("people.userActs.linkHint")}
          label={msg("people.userActs.link")}
          secret={link}
          onClose={() => setLink(null)}
        />
      )}
    </>
  );
}
