/** The cases that a published change-set moves: how far it is, and which could not be moved, with the reason. */
import React, { useState } from "react";
import { Link } from "react-router-dom";
import {
  Bidi,
  Button,
  NoticeBox,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  send,
  useText,
} from "../../../platform/ui/kit.js";
import type { OpenedSet } from "./change-set-content.js";

const words = {
  moves: { en: "Cases that move", ar: "معاملات تنتقل" },
  moved: { en: "{moved} of {total} moved", ar: "انتقلت {moved} من {total}" },
  waiting: { en: "under way", ar: "قيد التنفيذ" },
  running: { en: "under way", ar: "قيد التنفيذ" },
  done: { en: "done", ar: "تم" },
  failed: { en: "some are left", ar: "بقي بعضها" },
  confidential: { en: "Confidential cases are not listed.", ar: "لا تظهر المعاملات السرّية." },
  again: { en: "Try these again", ar: "إعادة المحاولة" },
  later: {
    en: "The platform tries them again by itself from time to time.",
    ar: "تعيد المنصة المحاولة تلقائيًا من حين إلى آخر.",
  },
};

type Move = OpenedSet["moves"][number];

function Left({ move, onAgain }: { move: Move; onAgain?: (() => void) | undefined }) {
  const { t } = useText();
  return (
    <NoticeBox
      tone="warning"
      title={move.failure ?? words.failed}
      actions={
        onAgain && (
          <Button small icon="refresh" onClick={onAgain}>
            {t(words.again)}
          </Button>
        )
      }
    >
      <ul className="bullets">
        {move.left.map(({ reference, reason }) => (
          <li key={reference}>
            <Link to={`/admin/resources/cases/records/${reference}/show`}>
              <Bidi ltr>{reference}</Bidi>
            </Link>
            : {t(reason)}
          </li>
        ))}
      </ul>
      <p className="muted">
        {t(words.confidential)} {t(words.later)}
      </p>
    </NoticeBox>
  );
}

export function MovesPanel({ set, mayWrite, reload }: { set: OpenedSet; mayWrite: boolean; reload: () => void }) {
  const { t, number } = useText();
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  if (set.moves.length === 0) return null;
  const again = async (move: string) => {
    setProblem(null);
    try {
      await send("pages/change-set", { do: "moveAgain", id: set.id, move });
      reload();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <Panel title={words.moves}>
      <ProblemBox problem={problem} />
      <ul className="bullets">
        {set.moves.map((move) => {
          const { id, words: what, state, moved, total } = move;
          return (
            <li key={id}>
              {t(what)}: {t(words.moved, { moved: number(moved), total: number(Math.max(total, moved)) })} ·{" "}
              {t(words[state])}
              {state === "failed" && <Left move={move} onAgain={mayWrite ? () => void again(id) : undefined} />}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
