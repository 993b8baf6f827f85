/** The template of a gateway: what is asked, what an answer means; numbers; the environment. */
import { describe, expect, it } from "@jest/globals";
import { getCountries } from "libphonenumber-js";
import { countryChoices } from "../../src/engine/setup/countries.js";
import { EnvironmentError, readConfig } from "../../src/platform/config.js";
import { ownSignature } from "../../src/platform/sms/callback-checks.js";
import {
  plainTemplate,
  readGatewayTemplate,
  requestOf,
  valueAt,
  verdictOf,
} from "../../src/platform/sms/gateway-template.js";
import {
  exampleNumber,
  isMobileNumber,
  numbersNamed,
  placeOfNumber,
  readPhoneNumber,
} from "../../src/platform/sms/phone-numbers.js";

const values = { to: "+962790123456", text: 'Your complaint {id} "x"\nok', id: "abc" };
const template = (given: unknown) => {
  const read = readGatewayTemplate(JSON.stringify(given));
  if (read.at !== undefined) throw new Error(`no template: ${read.at}`);
  return read.template;
};

describe("a request", () => {
  it("is one JSON object where nothing else is said, and texts stay texts", () => {
    const { url, method, headers, body } = requestOf("https://gateway.example.jo/send", plainTemplate, values);
    expect([url.href, method, headers["content-type"]]).toEqual([
      "https://gateway.example.jo/send",
      "POST",
      "application/json",
    ]);
    expect(JSON.parse(body ?? "")).toEqual(values);
  });
  it("puts values into nested JSON, headers, forms and addresses", () => {
    const json = template({
      headers: { authorization: "Bearer k" },
      body: { m: [{ dst: "{to}", msg: "Diwan: {text}", n: 1 }] },
    });
    expect(JSON.parse(requestOf("https://g.jo/", json, values).body ?? "")).toEqual({
      m: [{ dst: values.to, msg: `Diwan: ${values.text}`, n: 1 }],
    });
    const form = requestOf("https://g.jo/", template({ form: { to: "{to}", text: "{text}" } }), values);
    expect(new URLSearchParams(form.body ?? "").get("text")).toBe(values.text);
    const get = requestOf(
      "https://g.jo/?user=d",
      template({ method: "GET", query: { m: "{text}", ref: "{id}" } }),
      values,
    );
    expect([get.body, get.url.searchParams.get("user"), get.url.searchParams.get("m")]).toEqual([
      null,
      "d",
      values.text,
    ]);
  });
  it("is refused as a template where it is none", () => {
    for (const [text, at] of [
      ["", "/"],
      ["x", "/"],
      ["[]", "/"],
      ['{"method":"DELETE"}', "/method"],
      ['{"unknown":1}', "/"],
      ['{"body":"a","form":{}}', "/form"],
      ['{"success":{"status":[500]}}', "/success/status/0"],
      ['{"reports":{"as":"form","each":"/r","id":"/i","status":"/s","delivered":[1],"failed":[2]}}', "/reports/each"],
    ] as const) {
      expect([text, readGatewayTemplate(text)]).toEqual([text, { at }]);
    }
  });
});

describe("an answer", () => {
  const strict = template({
    success: { status: [200], json: { at: "/result/code", is: [0] } },
    final: { status: [400], json: { at: "/result/code", is: [7] } },
    gatewayId: "/result/id",
  });
  it.each([
    [
      { status: 200, text: '{"result":{"code":0,"id":"m-1"}}' },
      { kind: "taken", gatewayId: "m-1" },
    ],
    [
      { status: 200, text: '{"result":{"code":0}}' },
      { kind: "taken", gatewayId: null },
    ],
    [
      { status: 200, text: '{"result":{"code":3,"error":"credit"}}' },
      { kind: "refused", final: false },
    ],
    [
      { status: 200, text: '{"result":{"code":7}}' },
      { kind: "refused", final: true },
    ],
    [
      { status: 201, text: '{"result":{"code":0}}' },
      { kind: "refused", final: false },
    ],
    [
      { status: 400, text: "" },
      { kind: "refused", final: true },
    ],
    [
      { status: 502, text: "<html>" },
      { kind: "refused", final: false },
    ],
    [
      { status: 200, text: "not json" },
      { kind: "refused", final: false },
    ],
  ])("%j means %j", (answer, verdict) => {
    expect(verdictOf(strict, answer)).toEqual(verdict);
  });
  it("may be read from its text", () => {
    const text = template({ success: { text: "OK:" } });
    expect(verdictOf(text, { status: 200, text: "OK: 12" }).kind).toBe("taken");
    expect(verdictOf(text, { status: 200, text: "ERR: 12" }).kind).toBe("refused");
  });
  it("reaches own members only", () => {
    expect(valueAt({ a: [{ "b/c": 1 }] }, "/a/0/b~1c")).toBe(1);
    expect(valueAt({}, "/constructor/name")).toBeUndefined();
  });
});

describe("numbers", () => {
  it.each([
    ["+962790123456", true],
    ["+962770123456", true],
    ["+96265001234", false],
    ["+962800022222", false],
    ["+447911123456", true],
    ["+442079460000", false],
    ["+12025550123", true],
  ])("%s gets text messages: %p", (number, mobile) => {
    expect(isMobileNumber(number)).toBe(mobile);
  });
  it.each([
    ["+962790123456", "JO"],
    ["+447400123456", "GB"],
    ["+12025550123", "US"],
    // Dialled from the United States as at home, and what strangers have messages sent to.
    ["+18765551234", "JM"],
    ["+800 1234 5678", "+800"],
    ["nothing", null],
  ])("%s is in %p", (number, place) => {
    expect(placeOfNumber(number)).toBe(place);
  });
  it.each([
    ["0790123456", "JO", "+962790123456"],
    ["962790123456", "JO", "+962790123456"],
    ["00962790123456", "JO", "+962790123456"],
    ["(617) 555-0123", "US", "+16175550123"],
    ["0790123456", "US", null],
    ["6175550123", "JO", null],
    ["+962790123456", "US", "+962790123456"],
  ])("%s typed in %s is %p", (typed, country, number) => {
    expect(readPhoneNumber(typed, country)).toBe(number);
  });
  it.each([
    ["962790123456", ["US", "JO"], ["+962790123456"]],
    ["00962 79 012 3456", ["US"], ["+962790123456"]],
    ["16175550123", ["JO", "US"], ["+16175550123"]],
    ["6175550123", ["JO", "US"], ["+16175550123"]],
    ["+16175550123", ["JO"], ["+16175550123"]],
    // As dialled in both.
    ["0412345678", ["AU", "JO", "BE"], ["+61412345678", "+32412345678"]],
    ["INFO79", ["JO"], []],
    ["97123", ["JO", "US"], []],
    ["", ["JO"], []],
  ])("a gateway that names %p means, in %p, %p", (from, countries, numbers) => {
    expect(numbersNamed(from, countries)).toEqual(numbers);
  });
  it("have the countries of the number plans, with a name in each language and an example", () => {
    expect(Object.keys(countryChoices).sort()).toEqual([...getCountries()].sort());
    for (const [code, name] of Object.entries(countryChoices)) {
      for (const said of [name.ar, name.en]) expect(said).not.toBe(code);
      const { dialled, whole } = exampleNumber(code);
      expect([code, readPhoneNumber(dialled, code)]).toEqual([code, whole]);
    }
    expect(countryChoices.JO).toEqual({ ar: "الأردن", en: "Jordan" });
    expect(exampleNumber("JO").dialled).toBe("0790123456");
  });
});

describe("the environment", () => {
  const read = (environment: Record<string, string>) => readConfig(environment, { production: false }).sms;
  const faults = (environment: Record<string, string>) => {
    try {
      read(environment);
      return [];
    } catch (error) {
      return error instanceof EnvironmentError ? error.faults.map(({ variable }) => variable) : [String(error)];
    }
  };
  it("names the gateway, its template and its secret, or none of it", () => {
    expect(read({})).toBeNull();
    expect(read({ SMS_URL: "https://g.jo/send" })).toEqual({
      url: "https://g.jo/send",
      template: plainTemplate,
      callbacks: null,
    });
    expect(faults({ SMS_URL: "ftp://g.jo" })).toEqual(["SMS_URL"]);
    expect(faults({ SMS_URL: "https://g.jo/", SMS_GATEWAY: "{" })).toEqual(["SMS_GATEWAY"]);
    expect(faults({ SMS_URL: "https://g.jo/", SMS_CALLBACK_SECRET: "short" })).toEqual(["SMS_CALLBACK_SECRET"]);
    expect(faults({ SMS_CALLBACK_SECRET: "x".repeat(32) })).toEqual(["SMS_URL"]);
  });
  it("says how what the gateway reports is checked: ours by the secret alone, others, and never less than it seems", () => {
    const url = { SMS_URL: "https://g.jo/send" };
    const signed = { secret: "sixteen characters", header: "x-sign" };
    const checks = (given: object, more: Record<string, string> = {}) =>
      faults({ ...url, SMS_CALLBACKS: JSON.stringify(given), ...more });
    expect(read({ ...url, SMS_CALLBACK_SECRET: "x".repeat(32) })?.callbacks).toEqual(ownSignature("x".repeat(32)));
    expect(read({ ...url, SMS_CALLBACKS: JSON.stringify({ path: "sixteen-characters" }) })?.callbacks).toEqual({
      path: "sixteen-characters",
    });
    expect(checks({})).toEqual(["SMS_CALLBACKS"]);
    expect(checks({ hmac: signed })).toEqual([]);
    expect(checks({ hmac: signed }, { SMS_CALLBACK_SECRET: "x".repeat(32) })).toEqual(["SMS_CALLBACKS"]);
    expect(checks({ addresses: ["203.0.113.7"] }, { TRUST_PROXY: "1" })).toEqual([]);
    expect(checks({ addresses: ["203.0.113.7"] }, { TRUST_PROXY: "true" })).toEqual(["SMS_CALLBACKS"]);
    // Both are read from a query, of which a signature of the body says nothing.
    const places = { as: "query", id: "/i", status: "/s", delivered: [1], failed: [2] };
    const asked = {
      SMS_GATEWAY: JSON.stringify({ reports: places, inbound: { as: "query", from: "/f", text: "/t" } }),
    };
    expect(checks({ hmac: signed }, asked)).toEqual(["SMS_CALLBACKS", "SMS_CALLBACKS"]);
    expect(checks({ hmac: { ...signed, of: "{query}" } }, asked)).toEqual([]);
    expect(faults({ SMS_CALLBACKS: '{"path":"sixteen-characters"}' })).toEqual(["SMS_URL"]);
  });
});
