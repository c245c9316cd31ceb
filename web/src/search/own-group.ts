import { useCallback, useState } from 'react'
import type { OperatorGroup } from '../api/types.ts'

const KEY = 'bilim.operator-group'
const GROUPS: readonly OperatorGroup[] = ['services', 'ict', 'e-government']

const held = (): OperatorGroup => GROUPS.find((one) => one === localStorage.getItem(KEY)) ?? 'services'

/** The group of the operator at this screen, kept by the browser: another group's question is transferred (п. 11). */
export function useOwnGroup(): [OperatorGroup, (group: OperatorGroup) => void] {
  const [group, setGroup] = useState(held)
  const set = useCallback((next: OperatorGroup) => {
    localStorage.setItem(KEY, next)
    setGroup(next)
  }, [])
  return [group, set]
}
