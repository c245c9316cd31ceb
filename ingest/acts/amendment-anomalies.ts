import { printedDay } from '#ingest/text/printed-day.ts'
import type { Amendment } from './act.ts'

export const ANOMALIES = ['in-force-before-signing', 'amendment-before-act', 'in-force-unstated'] as const
export type Anomaly = (typeof ANOMALIES)[number]

/**
 * What cannot be right about the dates of one amendment. A line of notes may name several acts, of which one is odd.
 * @param actDate of the act that is amended, ISO 8601; empty where it is not known
 */
export function amendmentAnomalies(
  { by, inForce, target }: Pick<Amendment, 'by' | 'inForce' | 'target'>,
  actDate: string,
): { rule: Anomaly; text: string }[] {
  const found: { rule: Anomaly; text: string }[] = []
  if (actDate !== '' && by.date < actDate)
    found.push({
      rule: 'amendment-before-act',
      text: `сноска (${target}): изменяющий акт № ${by.number} от ${printedDay(by.date)} старше самого акта от ${printedDay(actDate)}. Сверьте дату.`,
    })
  if (inForce.rule === 'date' && inForce.date < by.date)
    found.push({
      rule: 'in-force-before-signing',
      text: `сноска (${target}): введение в действие ${printedDay(inForce.date)} раньше даты самого изменяющего акта № ${by.number} от ${printedDay(by.date)}. Сверьте день.`,
    })
  if (inForce.rule === 'unstated')
    found.push({
      rule: 'in-force-unstated',
      text: `сноска (${target}): день введения в действие не указан или не разобран.`,
    })
  return found
}
