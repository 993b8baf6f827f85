/** Asked before a state or action goes: what refers to it, by name. */
import React from "react";
import type { Bilingual } from "../../../engine/text/text.js";
import { Confirm, useText } from "../../../platform/ui/kit.js";
import type { Selected } from "./diagram-pieces.js";
import type { Uses } from "./edit-workflow.js";

const words = {
  state: { en: "Remove the state “{name}”?", ar: "حذف الحالة «{name}»؟" },
  action: { en: "Remove the action “{name}”?", ar: "حذف الإجراء «{name}»؟" },
  cases: {
    en: "{n} open cases stand in it. They stay there by their own version until they are moved.",
    ar: "فيها {n} معاملة مفتوحة، وتبقى فيها بنسختها حتى تُنقل.",
  },
  actions: {
    en: "These actions lead to it or start in it, and have to be looked at:",
    ar: "هذه الإجراءات تبدأ منها أو تؤدي إليها وتحتاج إلى مراجعة:",
  },
  timers: { en: "These timers go with it:", ar: "تُحذف معها هذه المؤقتات:" },
  initial: { en: "Cases start here with an entity: choose another.", ar: "تبدأ هنا المعاملات ومعها جهة: اختر غيرها." },
  triage: { en: "Cases start here without an entity: choose another.", ar: "تبدأ هنا المعاملات بلا جهة: اختر غيرها." },
  nothing: { en: "Nothing else refers to it.", ar: "لا شيء آخر يشير إليها." },
  remove: { en: "Remove", ar: "حذف" },
};

interface RemoveDialogProps {
  readonly list: Selected["list"];
  readonly name: Bilingual;
  readonly uses: Uses;
  readonly cases: number;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

export function RemoveDialog({ list, name, uses, cases, onRemove, onClose }: RemoveDialogProps) {
  const { t, number } = useText();
  const { actions, timers, starts } = uses;
  return (
    <Confirm
      title={t(list === "states" ? words.state : words.action, { name: t(name) })}
      action={words.remove}
      kind="danger"
      onClose={onClose}
      onConfirm={async () => onRemove()}
    >
      {cases > 0 && <p>{t(words.cases, { n: number(cases) })}</p>}
      {starts.map((start) => (
        <p key={start}>{t(words[start])}</p>
      ))}
      {actions.length > 0 && (
        <>
          <p>{t(words.actions)}</p>
          <ul className="bullets">
            {actions.map((action) => (
              <li key={action.en}>
                <bdi>{t(action)}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      {timers.length > 0 && (
        <p>
          {t(words.timers)} <bdi dir="ltr">{timers.join(", ")}</bdi>
        </p>
      )}
      {actions.length + timers.length + starts.length === 0 && <p>{t(words.nothing)}</p>}
    </Confirm>
  );
}
