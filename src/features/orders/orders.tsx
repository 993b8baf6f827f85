/** Orders: asking, what became of what one asked, and what waits for one to answer. */

import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import type { OrderForm, OrdersView } from "../../engine/lifecycle/views/order-views.js";
import { msg, pattern } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import {
  Bidi,
  Button,
  DateField,
  EmptyState,
  newId,
  Page,
  Panel,
  ProblemBox,
  SearchSelect,
  Select,
  SendForm,
  Spinner,
  send,
  TextArea,
  TextField,
  toast,
  useAddress,
  useSending,
  useText,
  useView,
  withQuery,
} from "../../platform/ui/kit.js";
import { caseAddress } from "../cases/page/case-address.js";
import { AskButtons, OrderFigureCards, OrderLines, ordersAddress } from "./order-pieces.js";

const words = {
  title: msg("orders.ordersPage.title"),
  seat: msg("orders.orders.seat"),
  type: msg("orders.orders.type"),
  entities: msg("orders.orders.entities"),
  subject: msg("orders.orders.subject"),
  text: msg("orders.orders.text"),
  until: msg("orders.orders.until"),
  untilHelp: msg("orders.orders.untilHelp"),
  template: msg("orders.orders.template"),
};
const fields: ReadonlyMap<string, Bilingual> = new Map([
  ["type", words.type],
  ["seat", words.seat],
  ["entities", words.entities],
  ["subject", words.subject],
  ["text", words.text],
  ["until", words.until],
]);

/** Whom it goes to: one after the other is added, and taken out by its button. */
function Addressed({
  form,
  chosen,
  onChange,
  fault,
}: {
  form: OrderForm;
  chosen: readonly string[];
  onChange: (codes: readonly string[]) => void;
  fault: Bilingual | null;
}) {
  const { t } = useText();
  const left = form.entities.filter(({ code }) => !chosen.includes(code));
  const nameOf = (code: string) => form.entities.find((one) => one.code === code)?.name ?? { ar: code, en: code };
  return (
    <>
      <SearchSelect
        name="entities"
        label={words.entities}
        required
        choices={left.map(({ code, name }) => ({ value: code, label: name }))}
        value=""
        fault={fault}
        onChange={(code) => code !== "" && onChange([...chosen, code])}
      />
      {chosen.length > 0 && (
        <ul className="chips" aria-label={t(words.entities)}>
          {chosen.map((code) => (
            <li key={code}>
              <Button
                small
                kind="quiet"
                icon="close"
                label={msg("orders.orders.takeOut", { entity: nameOf(code) })}
                onClick={() => onChange(chosen.filter((one) => one !== code))}
              >
                <Bidi>{t(nameOf(code))}</Bidi>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function NewOrder({ form }: { form: OrderForm }) {
  const { t, language } = useText();
  const navigate = useNavigate();
  const [query] = useAddress();
  const sending = useSending();
  const [key] = useState(newId);
  const toRoom = form.entities.length === 0;
  const [type, setType] = useState(
    form.types.find((one) => one.type === query.type)?.type ?? form.types[0]?.type ?? "",
  );
  const [seat, setSeat] = useState(String(form.seats[0]?.id ?? ""));
  const [entities, setEntities] = useState<readonly string[]>(form.entity === null ? [] : [form.entity]);
  const [subject, setSubject] = useState(form.proposed === null ? "" : t(form.proposed));
  const templatesOf = (code: string) =>
    form.templates.filter(({ types }) => types.length === 0 || types.includes(code));
  // Who comes from something that they saw begins with a text; it is changed as any other.
  const [template, setTemplate] = useState(form.proposed === null ? "" : (templatesOf(type)[0]?.code ?? ""));
  const bodyOf = (code: string): string => {
    const found = form.templates.find((one) => one.code === code);
    return found === undefined ? "" : found.body[language === "ar" ? "ar" : "en"];
  };
  const [text, setText] = useState(() => bodyOf(template));
  const [until, setUntil] = useState("");
  const templates = templatesOf(type);
  const beginWith = (code: string) => {
    setTemplate(code);
    if (code !== "") setText(bodyOf(code));
  };
  const chooseType = (code: string) => {
    setType(code);
    // What was typed stays; a text of another type that nothing was changed in does not.
    if (template !== "" && text === bodyOf(template)) {
      const first = templatesOf(code)[0]?.code ?? "";
      setTemplate(first);
      setText(bodyOf(first));
    } else setTemplate("");
  };
  const chosen = form.types.find((one) => one.type === type);
  const issue = async () => {
    const { references } = await send<{ references: readonly string[] }>("pages/orders", {
      do: "issue",
      ...{ programme: form.programme, type, entities, subject, text, key },
      ...(seat !== "" && { seat: Number(seat) }),
      until: until === "" ? null : until,
      about: form.about?.reference ?? null,
      ...{ figure: query.figure ?? null, figureFrom: query.from ?? null, figureTo: query.until ?? null },
      ...{ page: query.page ?? null, error: query.error ?? null },
    });
    toast(t(pattern("orders.orders.sent"), { n: references.length }));
    const [only] = references;
    navigate(references.length === 1 && only !== undefined ? caseAddress(only) : ordersAddress);
  };
  return (
    <SendForm sending={sending} onSend={issue} fields={fields}>
      <Panel>
        <div className="form">
          {form.about !== null && (
            <p>
              {t(msg("orders.orders.about"))} <Bidi ltr>{form.about.reference}</Bidi> ·{" "}
              <Bidi>{form.about.subject}</Bidi>
            </p>
          )}
          {form.types.length > 1 && (
            <Select
              name="type"
              label={words.type}
              value={type}
              choices={form.types.map((one) => ({ value: one.type, label: one.name }))}
              onChange={chooseType}
              help={chosen?.purpose ?? undefined}
            />
          )}
          {form.seats.length > 1 && (
            <Select
              name="seat"
              label={words.seat}
              value={seat}
              choices={form.seats.map(({ id, title }) => ({ value: String(id), label: title }))}
              onChange={setSeat}
            />
          )}
          {!toRoom && (
            <Addressed form={form} chosen={entities} onChange={setEntities} fault={sending.faultAt("/entities")} />
          )}
          {toRoom && query.page !== undefined && (
            <p className="muted">
              {t(msg("orders.orders.fromPage"))} <Bidi ltr>{query.page}</Bidi>
              {query.error !== undefined && (
                <>
                  {" · "}
                  {t(msg("orders.orders.error"))} <Bidi ltr>{query.error}</Bidi>
                </>
              )}
            </p>
          )}
          {form.seen !== null && entities.length === 1 && entities[0] === form.entity && (
            <p className="muted">{t(form.seen)}</p>
          )}
          {templates.length > 0 && (
            <Select
              name="template"
              label={words.template}
              value={template}
              choices={[
                { value: "", label: msg("orders.orders.noTemplate") },
                ...templates.map(({ code, name }) => ({ value: code, label: name })),
              ]}
              onChange={(code) => {
                beginWith(code);
                const found = templates.find((one) => one.code === code);
                if (subject === "" && found !== undefined) setSubject(t(found.name));
              }}
            />
          )}
          <TextField
            name="subject"
            label={words.subject}
            required
            value={subject}
            onChange={setSubject}
            fault={sending.faultAt("/subject")}
          />
          <TextArea
            name="text"
            label={words.text}
            required
            rows={6}
            value={text}
            onChange={setText}
            fault={sending.faultAt("/text")}
          />
          <DateField
            name="until"
            label={words.until}
            help={words.untilHelp}
            value={until}
            onChange={setUntil}
            fault={sending.faultAt("/until")}
          />
          <div className="form-actions">
            <Button type="submit" kind="primary" busy={sending.busy}>
              {t(msg("orders.orders.send"))}
            </Button>
          </div>
        </div>
      </Panel>
    </SendForm>
  );
}

export function Orders() {
  const { t } = useText();
  const [query] = useAddress();
  const { new: fresh, programme, type, to, entity, about, figure, from, until } = query;
  const { view, problem } = useView<OrdersView>(
    withQuery("pages/orders", { new: fresh, programme, type, to, entity, about, figure, from, until }),
  );
  if (fresh !== undefined && fresh !== "") {
    const toRoom = view?.form?.entities.length === 0;
    return (
      <Page
        title={toRoom ? msg("orders.orderPieces.askRoom") : msg("orders.orderPieces.direct")}
        lead={t(toRoom ? msg("orders.orders.leadRoom") : msg("orders.orders.lead"))}
        back={{ to: ordersAddress, label: words.title }}
      >
        <ProblemBox problem={problem} />
        {view?.form ? <NewOrder key={`${type} ${entity} ${about}`} form={view.form} /> : !problem && <Spinner />}
      </Page>
    );
  }
  return (
    <Page title={words.title} lead={t(msg("orders.orders.listLead"))} actions={view && <AskButtons view={view} />}>
      <ProblemBox problem={problem} />
      {view === null && !problem && <Spinner />}
      {view && view.received.length > 0 && (
        <Panel title={msg("orders.orderPieces.receivedTitle")}>
          <OrderLines lines={view.received} mine={false} />
        </Panel>
      )}
      {view && view.asked.length > 0 && <OrderFigureCards figures={view.figures} />}
      {view && (
        <Panel title={msg("orders.orderPieces.askedTitle")}>
          {view.asked.length === 0 ? (
            <EmptyState icon="escalate" title={msg("orders.orderPieces.noneAsked")} />
          ) : (
            <OrderLines lines={view.asked} mine />
          )}
        </Panel>
      )}
    </Page>
  );
}
