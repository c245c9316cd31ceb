import type { TermLength } from './last-day-of-term.ts'

const workingDays = (length: number): TermLength => ({ unit: 'working-days', length })

/** Terms of the Rules (order No. 83 of 26.01.2016, as restated by No. 368/НҚ), by point and what starts them. */
export const RULES_TERMS = {
  /** п. 8: an answer to an inquiry by e-mail, from its registration. */
  emailAnswer: workingDays(2),
  /** п. 20: a responsible person and Appendix 1, from the approval of the by-law. */
  submission: workingDays(3),
  /** п. 21: training, from the submission. */
  training: workingDays(10),
  /** п. 23: what must have run out before advice starts, from the signing of the protocol; see `firstDayAfterTerm`. */
  goLive: workingDays(5),
  /** п. 26: information brought up to date, from the change of the by-law. */
  update: workingDays(5),
  /** п. 27: notice of a replaced responsible person, from the replacement. */
  replacementNotice: workingDays(5),
  /** п. 28: report on a second refusal within a month, from that refusal. */
  refusalReport: workingDays(3),
  /** п. 32: an explanation, from the request. */
  explanation: workingDays(1),
} as const satisfies Record<string, TermLength>

/** п. 14: hours to hand over a recording, from the receipt of the request. */
export const RECORDING_HOURS = 4
/** п. 38: hours before a planned outage by which bodies are told («не менее чем за сутки»). */
export const OUTAGE_NOTICE_HOURS = 24
/** п. 31, 39: day of the month after the one reported on. */
export const REPORT_DAY = 5
