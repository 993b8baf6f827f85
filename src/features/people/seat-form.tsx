/** A new seat: the role says what it belongs to, and suggests its words. An old one only changes its words. */

import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import type { RoleCode, SeatPlace } from "../../engine/access/roles.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual, Language } from "../../engine/text/text.js";
import type { ActionAnswer, RecordAnswer, ResourceView } from "../../platform/admin/resource-view.js";
import {
  Button,
  boot,
  LinkButton,
  languagesFirst,
  Page,
  Panel,
  ProblemBox,
  ReferenceSelect,
  type ScreenProps,
  Select,
  SendForm,
  Spinner,
  send,
  TextField,
  TextPair,
  toast,
  useSending,
  useText,
  useView,
} from "../../platform/ui/kit.js";
import { SetupForm } from "../setup/form/setup-form.js";
import { recordAddress, resourceAddress } from "../setup/form/setup-list.js";

const words = {
  programme: msg("people.seatForm.programme"),
  role: msg("people.seatForm.role"),
  entity: msg("people.seatForm.entity"),
  sector: msg("people.seatForm.sector"),
  titleAr: msg("people.seatForm.titleAr"),
  titleEn: msg("people.seatForm.titleEn"),
  code: msg("people.seatForm.code"),
};

/** What the fields are called, in their order. */
function labelsIn(own: Language): ReadonlyMap<string, Bilingual> {
  const titles = languagesFirst(own).map((language) => (language === "ar" ? "titleAr" : "titleEn"));
  const names = ["programme", "role", "entity", "sector", ...titles, "code"] as const;
  return new Map(names.map((name) => [name, words[name]]));
}

type PlaceOfRole = Readonly<Record<RoleCode, SeatPlace>>;

/** What a seat is called until somebody finds a better word. */
function suggested(role: Bilingual | undefined, place: Bilingual | null): Bilingual {
  if (role === undefined) return { ar: "", en: "" };
  return place === null ? role : msg("people.seatForm.suggested", { role, place });
}

export function SeatForm(props: ScreenProps) {
  const { view } = props.resource;
  const { view: answer, problem } = useView<ActionAnswer>(
    props.recordId === null ? "resources/seats/actions/places" : null,
  );
  if (props.recordId !== null) return <SetupForm {...props} />;
  return (
    <Page title={msg("people.seatForm.add")} back={{ to: resourceAddress("seats"), label: view.label }}>
      <ProblemBox problem={problem} />
      {answer ? <NewSeat view={view} places={answer.view as PlaceOfRole} /> : !problem && <Spinner />}
    </Page>
  );
}

interface Place {
  readonly code: string;
  readonly name: Bilingual;
}

function NewSeat({ view, places }: { view: ResourceView; places: PlaceOfRole }) {
  const { t, language } = useText();
  const navigate = useNavigate();
  const roles = view.columns.find(({ name }) => name === "role")?.choices ?? [];
  const [programme, setProgramme] = useState(view.programmes[0] ?? "");
  const [role, setRole] = useState("");
  const [place, setPlace] = useState<Place | null>(null);
  const [typed, setTyped] = useState<Partial<Bilingual>>({});
  const [code, setCode] = useState("");
  const sending = useSending();
  const kind = role === "" ? "programme" : places[role as RoleCode];
  const suggestion = suggested(roles.find(({ value }) => value === role)?.label, place?.name ?? null);
  const title: Bilingual = { ar: typed.ar ?? suggestion.ar, en: typed.en ?? suggestion.en };
  const save = async () => {
    const values = {
      role,
      title,
      code,
      entity: kind === "entity" ? (place?.code ?? "") : "",
      sector: kind === "sector" ? (place?.code ?? "") : "",
    };
    const { record } = await send<RecordAnswer>("resources/seats/actions/new", { programme, values });
    toast(msg("people.seatForm.created"));
    navigate(recordAddress("seats", record.id));
  };
  const faultOf = (field: string) => sending.faultAt(`/${field}`);
  return (
    <SendForm sending={sending} onSend={save} fields={labelsIn(language)}>
      <Panel>
        <div className="form">
          {view.programmes.length > 1 && (
            <Select
              label={words.programme}
              value={programme}
              choices={view.programmes.map((one) => ({
                value: one,
                label: boot()?.programmes.find((known) => known.code === one)?.name ?? one,
              }))}
              onChange={(next) => {
                setProgramme(next);
                setPlace(null);
              }}
            />
          )}
          <Select
            label={words.role}
            name="role"
            required
            fault={faultOf("role")}
            value={role}
            empty={msg("people.seatForm.choose")}
            choices={roles}
            onChange={(next) => {
              setRole(next);
              setPlace(null);
            }}
          />
          {(kind === "entity" || kind === "sector") && (
            <ReferenceSelect
              key={`${kind}-${programme}`}
              label={words[kind]}
              name={kind}
              required
              fault={faultOf(kind)}
              resource={kind === "entity" ? "entities" : "sectors"}
              programme={programme}
              value={place?.code ?? ""}
              chosen={place?.name ?? null}
              onChange={(chosen, record) => setPlace(record && { code: chosen, name: record.title })}
            />
          )}
          <TextPair
            labels={{ ar: words.titleAr, en: words.titleEn }}
            name="title"
            required
            help={msg("people.seatForm.titleHelp")}
            faultOf={(language) => faultOf(language === "ar" ? "titleAr" : "titleEn")}
            value={title}
            onChange={(text, language) => setTyped({ ...typed, [language]: text })}
          />
          <TextField
            label={words.code}
            name="code"
            required={false}
            dir="ltr"
            help={msg("people.seatForm.codeHelp")}
            fault={faultOf("code")}
            value={code}
            onChange={setCode}
          />
        </div>
      </Panel>
      <div className="form-actions">
        <Button type="submit" kind="primary" busy={sending.busy}>
          {t(msg("people.seatForm.create"))}
        </Button>
        <LinkButton to={resourceAddress("seats")}>{t(msg("people.seatForm.cancel"))}</LinkButton>
      </div>
    </SendForm>
  );
}
