/** Lines of orders and the ways to ask, as homes and the page of orders show them. */

import React from "react";
import { Link } from "react-router-dom";
import type { NamedCode } from "../../engine/lifecycle/held-sweep.js";
import type { OrderFigures, OrderLine, OrdersView } from "../../engine/lifecycle/views/order-views.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { Figure, Figures } from "../../platform/ui/home-pieces.js";
import { adminRoot, Badge, Bidi, LinkButton, Moment, Panel, useText, withQuery } from "../../platform/ui/kit.js";
import { caseAddress } from "../cases/page/case-address.js";

export const ordersAddress = `${adminRoot}/pages/orders`;
/** What is known before the form is filled in; `from` and `until` are of the figure, `until` is exclusive. */
type KnownOfOrder = {
  readonly [Name in "programme" | "type" | "to" | "entity" | "about" | "page" | "error" | "figure" | "from" | "until"]?:
    | string
    | undefined;
};

/** The form, with what is known already. */
export const newOrderAddress = (known: KnownOfOrder): string => withQuery(ordersAddress, { new: "1", ...known });

const nextWords = {
  them: msg("orders.orderPieces.nextThem"),
  you: msg("orders.orderPieces.nextYou"),
  nobody: msg("orders.orderPieces.nextNobody"),
};

function OrderRow({ line, mine }: { line: OrderLine; mine: boolean }) {
  const { t } = useText();
  const who = mine ? (line.entity?.name ?? msg("orders.orderPieces.room")) : line.from;
  return (
    <li className="case-line">
      <div className="case-line-what">
        <Link className="case-line-subject" to={caseAddress(line.reference)}>
          <Bidi>{line.subject}</Bidi>
        </Link>
        <span className="case-line-facts">
          <span>{t(line.type)}</span>
          <span>{t(who)}</span>
          <span>{t(line.state)}</span>
          {mine && <span>{t(nextWords[line.next])}</span>}
          {line.dueAt !== null && (
            <span>
              {t(msg("orders.orderPieces.due"))} <Moment at={line.dueAt} dayOnly />
            </span>
          )}
        </span>
      </div>
      {line.late ? (
        <Badge tone="late" icon="alert">
          {t(msg("orders.orderPieces.late"))}
        </Badge>
      ) : (
        mine && line.next === "you" && <Badge tone="near">{t(msg("orders.orderPieces.toYou"))}</Badge>
      )}
    </li>
  );
}

export const OrderLines = ({ lines, mine }: { lines: readonly OrderLine[]; mine: boolean }) => (
  <ul className="case-lines">
    {lines.map((line) => (
      <OrderRow key={line.reference} line={line} mine={mine} />
    ))}
  </ul>
);

export function OrderFigureCards({ figures }: { figures: OrderFigures }) {
  const { t, number, percent, hours } = useOrderNumbers();
  return (
    <Figures strip>
      <Figure label={msg("orders.orderPieces.open")} value={number(figures.open)} />
      <Figure
        label={msg("orders.orderPieces.lateOnes")}
        value={number(figures.late)}
        tone={figures.late > 0 ? "late" : undefined}
      />
      <Figure label={msg("orders.orderPieces.waitForYou")} value={number(figures.toYou)} />
      <Figure
        label={msg("orders.orderPieces.median")}
        value={figures.medianSeconds === null ? t(msg("orders.orderPieces.noneYet")) : hours(figures.medianSeconds)}
      />
      <Figure
        label={msg("orders.orderPieces.firstTry")}
        value={
          figures.closed === 0 ? t(msg("orders.orderPieces.noneYet")) : percent(figures.atFirstTry / figures.closed)
        }
        beside={figures.closed === 0 ? undefined : t(pattern("orders.orderPieces.ofClosed"), { n: figures.closed })}
      />
    </Figures>
  );
}

function useOrderNumbers() {
  const { t, number, percent } = useText();
  /** Working hours, in words. */
  const hours = (seconds: number): string =>
    t(pattern("orders.orderPieces.hours"), { n: Math.max(1, Math.round(seconds / 3600)) });
  return { t, number, percent, hours };
}

/** The way to ask an entity about what is seen. @param entity null: it is chosen on the form @param about what it is, where it is of no one entity */
export function AskAbout({ of, entity, about }: { of: KnownOfOrder; entity: NamedCode | null; about?: string }) {
  const { t } = useText();
  const what = about === undefined ? t(entity?.name ?? msg("orders.orderPieces.direct")) : about;
  return (
    <LinkButton
      small
      kind="quiet"
      icon="escalate"
      label={t(pattern("orders.orderPieces.askOf"), { what })}
      to={newOrderAddress({ ...of, entity: entity?.code })}
    >
      {t(msg("orders.orderPieces.ask"))}
    </LinkButton>
  );
}

export function AskButtons({ view }: { view: Pick<OrdersView, "mayDirect" | "mayAsk"> }) {
  const { t } = useText();
  return (
    <>
      {view.mayDirect && (
        <LinkButton small icon="escalate" to={newOrderAddress({})}>
          {t(msg("orders.orderPieces.direct"))}
        </LinkButton>
      )}
      {view.mayAsk && (
        <LinkButton small kind="quiet" icon="question" to={newOrderAddress({ to: "room" })}>
          {t(msg("orders.orderPieces.askRoom"))}
        </LinkButton>
      )}
    </>
  );
}

/** On homes: what is asked of those who look, and what became of what they asked. */
export function HomeOrders({ orders }: { orders: Omit<OrdersView, "form"> }) {
  const { t } = useText();
  const { asked, received, figures, mayDirect } = orders;
  return (
    <>
      {received.length > 0 && (
        <Panel title={msg("orders.orderPieces.receivedTitle")}>
          <OrderLines lines={received} mine={false} />
        </Panel>
      )}
      {asked.length > 0 && (
        <Panel
          title={msg("orders.orderPieces.askedTitle")}
          actions={
            <>
              <AskButtons view={{ mayDirect, mayAsk: false }} />
              <Link to={ordersAddress}>{t(msg("orders.orderPieces.all"))}</Link>
            </>
          }
        >
          <p>
            {t(pattern("orders.orderPieces.summary"), {
              open: String(figures.open),
              late: String(figures.late),
              toYou: String(figures.toYou),
            })}
          </p>
          <OrderLines lines={asked} mine />
        </Panel>
      )}
    </>
  );
}
