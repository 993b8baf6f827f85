/** The template of a gateway: what is asked, what an answer means; and the signature of its callbacks. */
import { describe, expect, it } from "@jest/globals";
import { EnvironmentError, readConfig } from "../../src/platform/config.js";
import {
  plainTemplate,
  readGatewayTemplate,
  requestOf,
  valueAt,
  verdictOf,
} from "../../src/platform/sms/gateway-template.js";
import { countryPrefix, isMobileNumber } from "../../src/platform/sms/mobile-number.js";
import { signCallback, verifiedSignature } from "../../src/platform/sms/signed-callback.js";

const values = { to: "+962790123456", text: 'Your complaint {id} "x"\nok', id: "abc" };
const template = (given: unknown) => {
  const read = readGatewayTemplate(JSON.stringify(given));
  if (read === null) throw new Error("no template");
  return read;
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
    for (const text of [
      "",
      "x",
      "[]",
      '{"method":"DELETE"}',
      '{"unknown":1}',
      '{"body":"a","form":{}}',
      '{"success":{"status":[500]}}',
    ]) {
      expect(readGatewayTemplate(text)).toBeNull();
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

describe("a callback", () => {
  const secret = "a secret of thirty-two characters";
  const now = new Date("2026-11-29T09:00:00Z");
  const body = Buffer.from('{"id":"x","status":"delivered"}');
  const signed = signCallback(secret, body, now);
  const verify = (over: Partial<Parameters<typeof verifiedSignature>[1]> = {}) =>
    verifiedSignature(secret, {
      time: signed["x-diwan-time"],
      signature: signed["x-diwan-signature"],
      body,
      now,
      ...over,
    }) !== null;
  it("is believed for five minutes, as it was signed", () => {
    expect(verify()).toBe(true);
    expect(verify({ now: new Date(now.getTime() + 299_000) })).toBe(true);
    expect(verify({ now: new Date(now.getTime() + 301_000) })).toBe(false);
    expect(verify({ now: new Date(now.getTime() - 301_000) })).toBe(false);
    expect(verify({ body: Buffer.from("{}") })).toBe(false);
    expect(verify({ time: "1795942801" })).toBe(false);
    expect(verify({ signature: undefined })).toBe(false);
    expect(verify({ signature: "00".repeat(32) })).toBe(false);
    expect(
      verifiedSignature("another secret of thirty-two chars", {
        time: signed["x-diwan-time"],
        signature: signed["x-diwan-signature"],
        body,
        now,
      }),
    ).toBeNull();
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
  it("say their country", () => {
    expect([countryPrefix("+962790123456"), countryPrefix("+447911123456")]).toEqual(["+962", "+44"]);
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
      callbackSecret: null,
    });
    expect(faults({ SMS_URL: "ftp://g.jo" })).toEqual(["SMS_URL"]);
    expect(faults({ SMS_URL: "https://g.jo/", SMS_GATEWAY: "{" })).toEqual(["SMS_GATEWAY"]);
    expect(faults({ SMS_URL: "https://g.jo/", SMS_CALLBACK_SECRET: "short" })).toEqual(["SMS_CALLBACK_SECRET"]);
    expect(faults({ SMS_CALLBACK_SECRET: "x".repeat(32) })).toEqual(["SMS_URL"]);
  });
});
