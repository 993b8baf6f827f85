/** Every word of the pages around signing in. */
import { msg } from "../../../engine/text/msg.js";
import { inLanguage, type Language } from "../../../engine/text/text.js";

export const pageWords = {
  "site.name": msg("people.pageWords.pageWordsSiteName"),
  "site.tagline": msg("people.pageWords.pageWordsSiteTagline"),
  "error.prefix": msg("people.pageWords.pageWordsErrorPrefix"),
  "error.title": msg("people.pageWords.pageWordsErrorTitle"),
  "error.fields": msg("people.pageWords.pageWordsErrorFields"),
  "field.email": msg("people.pageWords.pageWordsFieldEmail"),
  "field.password": msg("people.pageWords.pageWordsFieldPassword"),
  "field.emailNeeded": msg("people.pageWords.pageWordsFieldEmailNeeded"),
  "field.emailForm": msg("people.pageWords.pageWordsFieldEmailForm"),
  "field.passwordNeeded": msg("people.pageWords.pageWordsFieldPasswordNeeded"),
  "field.codeNeeded": msg("people.pageWords.pageWordsFieldCodeNeeded"),
  "field.repeatDiffers": msg("people.pageWords.pageWordsFieldRepeatDiffers"),
  "back.login": msg("people.pageWords.pageWordsBackLogin"),

  "login.title": msg("people.pageWords.pageWordsLoginTitle"),
  "login.button": msg("people.pageWords.pageWordsLoginButton"),
  "login.forgot": msg("people.pageWords.pageWordsLoginForgot"),
  "login.out": msg("people.pageWords.pageWordsLoginOut"),
  "login.set": msg("people.pageWords.pageWordsLoginSet"),
  "login.late": msg("people.pageWords.pageWordsLoginLate"),

  "stopped.title": msg("people.pageWords.pageWordsStoppedTitle"),
  "stopped.way": msg("people.pageWords.pageWordsStoppedWay"),
  "stopped.ask": msg("people.pageWords.pageWordsStoppedAsk"),
  "stopped.room": msg("people.pageWords.pageWordsStoppedRoom"),

  "factor.title": msg("people.pageWords.pageWordsFactorTitle"),
  "factor.lead": msg("people.pageWords.pageWordsFactorLead"),
  "factor.code": msg("people.pageWords.pageWordsFactorCode"),
  "factor.hint": msg("people.pageWords.pageWordsFactorHint"),
  "factor.button": msg("people.pageWords.pageWordsFactorButton"),
  "factor.lost": msg("people.pageWords.pageWordsFactorLost"),

  "enrol.title": msg("people.pageWords.pageWordsEnrolTitle"),
  "enrol.lead": msg("people.pageWords.pageWordsEnrolLead"),
  "enrol.scan": msg("people.pageWords.pageWordsEnrolScan"),
  "enrol.picture": msg("people.pageWords.pageWordsEnrolPicture"),
  "enrol.type": msg("people.pageWords.pageWordsEnrolType"),
  "enrol.write": msg("people.pageWords.pageWordsEnrolWrite"),
  "enrol.button": msg("people.pageWords.pageWordsEnrolButton"),

  "codes.title": msg("people.pageWords.pageWordsCodesTitle"),
  "codes.lead": msg("people.pageWords.pageWordsCodesLead"),
  "codes.go": msg("people.pageWords.pageWordsCodesGo"),

  "forgot.title": msg("people.pageWords.pageWordsForgotTitle"),
  "forgot.lead": msg("people.pageWords.pageWordsForgotLead"),
  "forgot.button": msg("people.pageWords.pageWordsForgotButton"),
  "forgot.sentTitle": msg("people.pageWords.pageWordsForgotSentTitle"),
  "forgot.sent": msg("people.pageWords.pageWordsForgotSent"),

  "link.invitation": msg("people.pageWords.pageWordsLinkInvitation"),
  "link.reset": msg("people.pageWords.pageWordsLinkReset"),
  "link.lead": msg("people.pageWords.pageWordsLinkLead"),
  "link.password": msg("people.pageWords.pageWordsLinkPassword"),
  "link.hint": msg("people.pageWords.pageWordsLinkHint"),
  "link.repeat": msg("people.pageWords.pageWordsLinkRepeat"),
  "link.button": msg("people.pageWords.pageWordsLinkButton"),
  "link.deadTitle": msg("people.pageWords.pageWordsLinkDeadTitle"),
  "link.ask": msg("people.pageWords.pageWordsLinkAsk"),
};
export type PageWord = keyof typeof pageWords;

export const say = (key: PageWord, language: Language): string => inLanguage(pageWords[key], language);
