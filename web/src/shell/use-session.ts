import { useOutletContext } from 'react-router'
import type { Session } from '../api/types.ts'

/** Who is signed in; only inside of the shell, where somebody is. */
export const useSession = (): Session => useOutletContext<Session>()
