/** The operation room's large numbers: today against a usual day, as far as the room is shown them. */

import React from "react";
import type { RoomDesk, TodayNumber } from "../../engine/measures/home-view.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { casesAddress, Figure, Figures } from "../../platform/ui/home-pieces.js";
import { adminRoot, useText, withQuery } from "../../platform/ui/kit.js";
import { TargetWords } from "../reports/figures/target-words.js";

function Usual({ number: { usual } }: { number: TodayNumber }) {
  const { t } = useText();
  return <>{usual === null ? t(msg("home.roomDesk.noUsual")) : t(pattern("home.roomDesk.usual"), { n: usual })}</>;
}

/** More than usual by a half and by five: worth a look. */
const unusual = ({ today, usual }: TodayNumber): boolean => usual !== null && today > usual * 1.5 && today - usual >= 5;

export function RoomFigures({ desk }: { desk: RoomDesk }) {
  const { t, number } = useText();
  const { programme, shown, received, resolved, becameLate } = desk;
  return (
    <Figures>
      {shown.received && (
        <Figure
          label={msg("home.roomDesk.received")}
          icon="folder"
          value={number(received.today)}
          beside={<Usual number={received} />}
          tone={unusual(received) ? "near" : undefined}
          to={withQuery(`${adminRoot}/resources/cases`, {
            "filters.programme": programme.code,
            "filters.happened": "receivedToday",
            "filters.confidential": "false",
            sortBy: "receivedAt",
            direction: "desc",
          })}
        />
      )}
      {shown.resolved && (
        <Figure
          label={msg("home.roomDesk.resolved")}
          icon="check"
          value={number(resolved.today)}
          beside={<Usual number={resolved} />}
          to={casesAddress(programme, { happened: "answeredToday", confidential: "false" })}
        />
      )}
      <Figure
        label={msg("home.roomDesk.becameLate")}
        icon="clock"
        value={number(becameLate.today)}
        beside={<Usual number={becameLate} />}
        tone={unusual(becameLate) ? "near" : undefined}
        to={casesAddress(programme, { happened: "becameLateToday", confidential: "false" })}
      />
      {shown.delayed && (
        <Figure
          label={msg("home.roomDesk.delayed")}
          icon="alert"
          value={number(desk.delayed)}
          beside={
            <>
              <span>{t(pattern("home.roomDesk.ofOpen"), { n: desk.open })}</span>
              <TargetWords shown={shown.delayed} value={desk.delayed} day={desk.day} />
            </>
          }
          tone={desk.delayed > 0 ? "late" : undefined}
          to={casesAddress(programme, { late: "late", confidential: "false" })}
        />
      )}
    </Figures>
  );
}
