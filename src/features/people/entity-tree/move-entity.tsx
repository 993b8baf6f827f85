/** Moves an entity under another one, with all that stands below it. */

import React, { useState } from "react";
import { Button, Confirm, NoticeBox, ReferenceSelect, send, toast, useText } from "../../../platform/ui/kit.js";
import { ChangeSetDialog } from "../../setup/form/change-set-dialog.js";
import { needsSecondPerson } from "../../setup/second-person.js";
import type { EntityTreeView } from "./entity-tree.page.js";
import { type Branch, codesWithin } from "./tree-of-entities.js";

const words = {
  title: { en: "Move {name}", ar: "نقل {name}" },
  move: { en: "Move", ar: "نقل" },
  under: { en: "Under", ar: "لتتبع" },
  underHelp: {
    en: "From then on delays at this entity are raised to the one chosen here.",
    ar: "تُصعَّد حالات التأخير في هذه الجهة من بعدها إلى الجهة المختارة هنا.",
  },
  along: { en: "Those below it move along: {n}.", ar: "ينتقل معها ما يتبعها: {n}." },
  within: {
    en: "That one stands below it. Choose an entity that does not.",
    ar: "هذه الجهة تتبعها. اختر جهة لا تتبعها.",
  },
  collect: { en: "Into a change-set …", ar: "إلى مجموعة تغييرات …" },
  done: { en: "Moved.", ar: "تم النقل." },
};

interface MoveEntityProps {
  readonly branch: Branch;
  readonly programme: string;
  readonly onClose: () => void;
  readonly onMoved: () => void;
}

export function MoveEntity({ branch, programme, onClose, onMoved }: MoveEntityProps) {
  const { t, number } = useText();
  const { entity, count } = branch;
  const [parent, setParent] = useState(entity.parent ?? "");
  const within = codesWithin(branch).includes(parent);
  const [collecting, setCollecting] = useState(false);
  const still = parent === "" || parent === entity.parent || within;
  const edit = {
    act: "update",
    table: "entities",
    code: entity.code,
    values: { parent },
    before: { parent: entity.parent },
  } as const;
  // Where one person alone would be refused, the way into a change-set is the one that is offered.
  const isForTwo = needsSecondPerson(programme, { ...edit, values: { parent: "" } });
  if (collecting) {
    return (
      <ChangeSetDialog
        programme={programme}
        title={t(words.title, { name: t(entity.name) })}
        edit={edit}
        onClose={onClose}
        onPut={onClose}
      />
    );
  }
  return (
    <Confirm
      title={t(words.title, { name: t(entity.name) })}
      action={isForTwo ? words.collect : words.move}
      disabled={still}
      onClose={onClose}
      onConfirm={async () => {
        if (isForTwo) return setCollecting(true);
        await send<EntityTreeView>("pages/entity-tree", {
          do: "move",
          programme,
          code: entity.code,
          parent,
          before: entity.parent,
        });
        toast(words.done);
        onClose();
        onMoved();
      }}
    >
      <ReferenceSelect
        label={words.under}
        help={words.underHelp}
        fault={within ? words.within : null}
        required
        resource="entities"
        value={parent}
        programme={programme}
        onChange={setParent}
      />
      {count > 0 && (
        <NoticeBox>
          <p>{t(words.along, { n: number(count) })}</p>
        </NoticeBox>
      )}
      {!isForTwo && (
        <p>
          <Button icon="layers" disabled={still} onClick={() => setCollecting(true)}>
            {t(words.collect)}
          </Button>
        </p>
      )}
    </Confirm>
  );
}
