import { createServer, type AddressInfo, type Socket } from 'node:net'

export interface StoredLetter {
  uid: number
  source: Buffer
  receivedAt: Date
  flags: Set<string>
}

/**
 * An IMAP server over a real socket, of what a client that reads a mailbox needs (RFC 9051 in the form of IMAP4rev1), and the faults that a test wants:
 * a sign-in that is refused, connections that break, UIDs that get another meaning, no IDLE, silence. It keeps letters in memory, and has the folders that it is given.
 */
export async function standInImap() {
  const password = 'secret'
  let uidValidity = 1000
  let nextUid = 1
  let letters: StoredLetter[] = []
  const moved: StoredLetter[] = []
  const sockets = new Set<Socket>()
  const watching = new Set<() => void>()
  const folders = ['Done']
  const BEGINNING = {
    signIns: 0,
    fetched: 0,
    breakAtFetch: false,
    isRefusing: false,
    isSilent: false,
    hasIdle: true,
    /** While letters are fetched, somebody else reads all of them: a row of flags about each stands before and behind the rows that are asked for. */
    isTellingFlags: false,
  }
  const state = { ...BEGINNING, commands: [] as string[] }

  const serve = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => {})
    let told = 0
    let idleTag: string | null = null
    const say = (line: string): void => void socket.write(`${line}\r\n`)
    const tellNews = (): void => {
      if (letters.length !== told) say(`* ${letters.length} EXISTS`)
      told = letters.length
    }
    const wake = (): void => {
      if (idleTag !== null) tellNews()
    }
    watching.add(wake)
    socket.on('close', () => {
      sockets.delete(socket)
      watching.delete(wake)
    })
    const bySet = (set: string): { letter: StoredLetter; seq: number }[] =>
      letters.flatMap((letter, at) =>
        set.split(',').some((range) => {
          const [from = '', to = from] = range.split(':')
          const top = letters.at(-1)?.uid ?? 0
          const [low = 0, high = 0] = [from, to]
            .map((one) => (one === '*' ? top : Number(one)))
            .toSorted((left, right) => left - right)
          return letter.uid >= low && letter.uid <= high
        })
          ? [{ letter, seq: at + 1 }]
          : [],
      )
    const answer = (tag: string, command: string, rest: string): void => {
      state.commands.push(`${command} ${rest}`.trim())
      if (command === 'CAPABILITY') say(`* CAPABILITY IMAP4rev1 MOVE ID${state.hasIdle ? ' IDLE' : ''}`)
      else if (command === 'LOGIN' || command === 'AUTHENTICATE') {
        state.signIns += 1
        if (state.isRefusing || !rest.includes(password))
          return say(`${tag} NO [AUTHENTICATIONFAILED] Invalid credentials`)
      } else if (command === 'ID') say('* ID NIL')
      // An empty name asks for the delimiter alone (RFC 9051, 6.3.9).
      else if (command === 'LIST' || command === 'LSUB')
        say(rest === '"" ""' ? `* ${command} (\\Noselect) "/" ""` : `* ${command} (\\HasNoChildren) "/" INBOX`)
      else if (command === 'SELECT' || command === 'EXAMINE') {
        if (!/INBOX/iu.test(rest)) return say(`${tag} NO [NONEXISTENT] no such mailbox`)
        told = letters.length
        say('* FLAGS (\\Seen \\Deleted)')
        say('* OK [PERMANENTFLAGS (\\Seen \\Deleted)] ok')
        say(`* ${letters.length} EXISTS`)
        say('* 0 RECENT')
        say(`* OK [UIDVALIDITY ${uidValidity}] ok`)
        say(`* OK [UIDNEXT ${nextUid}] ok`)
        return say(`${tag} OK [${command === 'SELECT' ? 'READ-WRITE' : 'READ-ONLY'}] done`)
      } else if (command === 'NOOP') tellNews()
      else if (command === 'IDLE') {
        idleTag = tag
        say('+ idling')
        return tellNews()
      } else if (command === 'LOGOUT') {
        say('* BYE bye')
        say(`${tag} OK done`)
        return void socket.end()
      } else if (command === 'UID') {
        const [verb = '', set = '', ...more] = rest.split(' ')
        const wanted = more.join(' ')
        if (verb === 'SEARCH') {
          const range = /UID (\S+)/u.exec(rest)?.[1] ?? '1:*'
          const since = Date.parse(/SINCE (\S+)/u.exec(rest)?.[1] ?? '1-Jan-1970')
          say(
            `* SEARCH ${bySet(range)
              .filter(({ letter }) => letter.receivedAt.getTime() >= since)
              .map(({ letter }) => letter.uid)
              .join(' ')}`.trimEnd(),
          )
        } else if (verb === 'FETCH') {
          const tellFlags = (): void => {
            if (state.isTellingFlags)
              for (const { letter, seq } of bySet('1:*')) say(`* ${seq} FETCH (UID ${letter.uid} FLAGS (\\Seen))`)
          }
          tellFlags()
          for (const { letter, seq } of bySet(set)) {
            const parts = [`UID ${letter.uid}`]
            if (wanted.includes('RFC822.SIZE')) parts.push(`RFC822.SIZE ${letter.source.length}`)
            if (wanted.includes('INTERNALDATE')) {
              const month = letter.receivedAt.toUTCString().slice(8, 11)
              const at = letter.receivedAt.toISOString()
              parts.push(`INTERNALDATE "${at.slice(8, 10)}-${month}-${at.slice(0, 4)} ${at.slice(11, 19)} +0000"`)
            }
            const body = /BODY(?:\.PEEK)?\[\](?:<(\d+)\.(\d+)>)?/u.exec(wanted)
            if (body === null) {
              say(`* ${seq} FETCH (${parts.join(' ')})`)
              continue
            }
            state.fetched += 1
            if (!wanted.includes('PEEK')) letter.flags.add('\\Seen')
            const from = Number(body[1] ?? 0)
            const bytes = letter.source.subarray(from, from + Number(body[2] ?? letter.source.length))
            socket.write(
              `* ${seq} FETCH (${parts.join(' ')} BODY[]${body[1] === undefined ? '' : `<${from}>`} {${bytes.length}}\r\n`,
            )
            if (state.breakAtFetch) {
              state.breakAtFetch = false
              socket.write(bytes.subarray(0, Math.floor(bytes.length / 2)))
              return void socket.destroy()
            }
            socket.write(bytes)
            say(')')
          }
          tellFlags()
        } else if (verb === 'STORE') for (const { letter } of bySet(set)) letter.flags.add('\\Seen')
        else if (verb === 'MOVE') {
          if (!folders.includes(wanted.replaceAll('"', ''))) return say(`${tag} NO [TRYCREATE] no such mailbox`)
          for (const { letter, seq } of bySet(set).toReversed()) {
            moved.push(letter)
            letters = letters.filter((one) => one !== letter)
            say(`* ${seq} EXPUNGE`)
          }
          told = letters.length
        } else return say(`${tag} BAD unknown`)
      } else if (command !== 'CLOSE' && command !== 'UNSELECT') return say(`${tag} BAD unknown`)
      say(`${tag} OK done`)
    }
    let buffered = ''
    let literal: { line: string; left: number } | null = null
    socket.on('data', (chunk: Buffer) => {
      if (state.isSilent) return
      buffered += chunk.toString('latin1')
      for (;;) {
        if (literal !== null && buffered.length >= literal.left) {
          buffered = literal.line + buffered.slice(0, literal.left) + buffered.slice(literal.left)
          literal = null
        }
        const at = buffered.indexOf('\r\n')
        if (at === -1 || literal !== null) return
        const line = buffered.slice(0, at)
        buffered = buffered.slice(at + 2)
        if (idleTag !== null) {
          const tag = idleTag
          idleTag = null
          if (line.toUpperCase() === 'DONE') say(`${tag} OK done`)
          continue
        }
        const size = /\{(\d+)\}$/u.exec(line)
        if (size !== null) {
          say('+ go on')
          literal = { line: line.slice(0, size.index), left: Number(size[1]) }
          continue
        }
        const [tag = '', command = '', ...rest] = line.split(' ')
        answer(tag, command.toUpperCase(), rest.join(' '))
      }
    })
    if (!state.isSilent) say(`* OK [CAPABILITY IMAP4rev1 MOVE ID${state.hasIdle ? ' IDLE' : ''}] ready`)
  }

  // An answer is several small writes: each would wait for the client's word on the one before.
  const server = createServer({ noDelay: true }, serve)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = server.address() as AddressInfo
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    name: 'a stand-in',
    port,
    user: 'help',
    password,
    state,
    moved,
    folders,
    /** A letter arrives. @returns its UID */
    deliver: async (source: string | Buffer, receivedAt = new Date('2026-11-24T04:00:00Z')): Promise<number> => {
      const uid = nextUid
      nextUid += 1
      letters.push({ uid, source: Buffer.from(source), receivedAt, flags: new Set() })
      for (const wake of watching) wake()
      return uid
    },
    flagsOf: async (uid: number): Promise<string[]> => [...(letters.find((one) => one.uid === uid)?.flags ?? [])],
    /** The mailbox is made anew, as from a backup: the same letters, other UIDs. */
    restore: (): void => {
      uidValidity += 1
      nextUid = 1
      letters = letters.map((letter) => {
        const uid = nextUid
        nextUid += 1
        return { ...letter, uid }
      })
      breakAll()
    },
    breakAll,
    /** An empty mailbox, as if the server had just begun: for the next test. */
    reset: (behaviour: Partial<typeof BEGINNING> = {}): void => {
      breakAll()
      uidValidity = 1000
      nextUid = 1
      letters = []
      moved.splice(0)
      folders.splice(0, folders.length, 'Done')
      Object.assign(state, BEGINNING, { commands: [] }, behaviour)
    },
    connections: () => sockets.size,
    close: async (): Promise<void> => {
      breakAll()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}
