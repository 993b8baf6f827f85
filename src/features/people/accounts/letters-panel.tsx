/** How the positions that somebody holds get letters; the choice is the position's, and the next holder finds it. */

import React, { useState } from "react";
import { isLetterWay, letterWayCodes, letterWays } from "../../../engine/letters/letter-ways.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Button, Panel, Select, SendForm, send, toast, useSending, useText } from "../../../platform/ui/kit.js";
import type { LettersOfSeat } from "../seat-letters.js";

const words = {
  chosen: pattern("people.lettersPanel.chosen"),
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
    letters.by === null || letters.at === null ? null : t(words.chosen, { name: letters.by, at: moment(letters.at) });
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
        <Button type="submit" busy={sending.busy} label={`${t(words.save)}: ${t(letters.title)}`}>
          {t(words.save)}
        </Button>
      </div>
    </SendForm>
  );
}

export function LettersPanel({ letters, onChanged }: { letters: readonly LettersOfSeat[]; onChanged: () => void }) {
  const { t } = useText();
  return (
    <Panel title={msg("people.lettersPanel.lettersOfYourPositions")} id="letters">
      <div className="stack">
        <p className="muted">{t(letters.length === 0 ? words.none : msg("people.lettersPanel.what"))}</p>
        {letters.map((one) => (
          <OnePosition key={`${one.programme}/${one.seat}/${one.way ?? ""}`} letters={one} onChanged={onChanged} />
        ))}
      </div>
    </Panel>
  );
}
