/** What is late and not overdue, each with its list: first replies, and answers in review. */
import React from "react";
import type { NamedCode } from "../../engine/lifecycle/held-sweep.js";
import { msg } from "../../engine/text/msg.js";
import { type CaseFilter, casesAddress, Figure } from "../../platform/ui/home-pieces.js";
import { useText } from "../../platform/ui/kit.js";

interface Counted {
  readonly n: number;
  readonly programme: NamedCode;
  /** What else narrows the list down to what was counted. */
  readonly more?: CaseFilter;
}

const tone = (n: number) => (n > 0 ? "late" : undefined);

export function RepliesLate({ n, programme, more }: Counted) {
  const { number } = useText();
  const to = casesAddress(programme, { desk: "replyLate", ...more });
  return <Figure label={msg("home.lateFigures.replies")} icon="clock" value={number(n)} tone={tone(n)} to={to} />;
}

export function ReviewsLate({ n, programme, more }: Counted) {
  const { number } = useText();
  const to = casesAddress(programme, { desk: "reviewLate", ...more });
  return <Figure label={msg("home.lateFigures.reviews")} value={number(n)} tone={tone(n)} to={to} />;
}
