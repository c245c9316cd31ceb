import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileMailer } from './file-mailer.ts'
import { MailFault, type Mailer, type OutgoingLetter } from './mailer.ts'
import { createSmtpMailer } from './smtp-mailer.ts'

const SENDER = { from: 'help@example.kz', senderName: 'Единый контакт-центр' }
const LETTER: OutgoingLetter = {
  messageId: '<rpl_1@example.kz>',
  to: { name: 'Айгүл Серікова', address: 'aigul@example.kz' },
  subject: 'Re: Срок ответа [№ 2026-000001]',
  text: 'Здравствуйте, Айгүл!\n\nОтвет даётся в течение двух рабочих дней.\n.\nС уважением',
  inReplyTo: '<q2@mail.example>',
  references: ['<q1@mail.example>', '<q2@mail.example>'],
  at: new Date('2026-11-26T05:00:00Z'),
}

interface Inbox {
  mailer: Mailer
  /** Every letter that has arrived, as it came. */
  letters: () => Promise<string[]>
  close: () => Promise<void>
}

interface SmtpBehaviour {
  refuseRecipient?: boolean
  failData?: boolean
  hangAfterData?: boolean
  /** It has the letter, and the connection breaks before it says so. */
  breakAfterData?: boolean
}

/** A real SMTP server on this machine. */
async function smtpInbox(behaviour: SmtpBehaviour = {}): Promise<Inbox & { recipients: string[] }> {
  const letters: string[] = []
  const recipients: string[] = []
  const sockets = new Set<Socket>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: ({ address }, _, done) => {
      if (behaviour.refuseRecipient === true)
        return done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }))
      recipients.push(address)
      done()
    },
    onData: (stream, _, done) => {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        if (behaviour.failData === true) return done(Object.assign(new Error('disk full'), { responseCode: 452 }))
        letters.push(text)
        if (behaviour.hangAfterData === true) return
        if (behaviour.breakAfterData === true) return sockets.forEach((socket) => socket.destroy())
        done()
      })
    },
  })
  server.server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = server.server.address() as AddressInfo
  return {
    recipients,
    mailer: createSmtpMailer({
      ...SENDER,
      host: '127.0.0.1',
      port,
      security: 'none',
      credentials: null,
      connectMs: 2000,
      silenceMs: 500,
    }),
    letters: async () => letters,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}

async function fileInbox(): Promise<Inbox & { directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'bilim-mail-'))
  return {
    directory,
    mailer: createFileMailer({ ...SENDER, directory: join(directory, 'mail') }),
    letters: async () =>
      Promise.all(
        (await readdir(join(directory, 'mail'))).map((name) => readFile(join(directory, 'mail', name), 'utf8')),
      ),
    close: () => rm(directory, { recursive: true, force: true }),
  }
}

const headerOf = (message: string, name: string): string[] =>
  message
    .slice(0, message.indexOf('\r\n\r\n'))
    .replaceAll(/\r\n[ \t]+/gu, ' ')
    .split('\r\n')
    .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    .map((line) => line.slice(name.length + 1).trim())
const bodyOf = (message: string): string =>
  Buffer.from(message.slice(message.indexOf('\r\n\r\n') + 4), 'base64').toString()

describe.each([
  ['files', fileInbox],
  ['SMTP', smtpInbox],
] as const)('a mailer over %s', (_, open) => {
  let inbox: Inbox
  beforeEach(async () => {
    inbox = await open()
  })
  afterEach(() => inbox.close())

  it('carries a letter whole, with its place in the conversation', async () => {
    await inbox.mailer.send(LETTER)
    const [message = ''] = await inbox.letters()
    expect(headerOf(message, 'Message-ID')).toEqual(['<rpl_1@example.kz>'])
    expect(headerOf(message, 'In-Reply-To')).toEqual(['<q2@mail.example>'])
    expect(headerOf(message, 'References')).toEqual(['<q1@mail.example> <q2@mail.example>'])
    expect(headerOf(message, 'To')[0]).toContain('<aigul@example.kz>')
    expect(headerOf(message, 'From')[0]).toContain('<help@example.kz>')
    expect(headerOf(message, 'Date')).toEqual(['Thu, 26 Nov 2026 05:00:00 +0000'])
    expect(bodyOf(message).replaceAll('\r\n', '\n').trim()).toBe(LETTER.text)
  })

  it('lets nobody write headers through a subject, a name or an id', async () => {
    await inbox.mailer.send({
      ...LETTER,
      subject: 'Re: вопрос\r\nBcc: all@evil.example\r\n\r\nтекст',
      to: { name: 'А"\r\nBcc: all@evil.example', address: 'aigul@example.kz' },
      inReplyTo: '<q2@mail.example>\r\nBcc: all@evil.example',
      references: ['<q1@mail.example>\r\nX-Evil: 1'],
    })
    const [message = ''] = await inbox.letters()
    expect(headerOf(message, 'Bcc')).toEqual([])
    expect(headerOf(message, 'X-Evil')).toEqual([])
    expect(headerOf(message, 'Subject')).toHaveLength(1)
    expect(bodyOf(message).replaceAll('\r\n', '\n').trim()).toBe(LETTER.text)
  })
})

it('a letter that is kept twice is kept once, readable by its owner alone', async () => {
  const inbox = await fileInbox()
  try {
    await inbox.mailer.send(LETTER)
    await inbox.mailer.send(LETTER)
    expect(await inbox.letters()).toHaveLength(1)
    const [name = ''] = await readdir(join(inbox.directory, 'mail'))
    expect((await stat(join(inbox.directory, 'mail', name))).mode & 0o777).toBe(0o600)
    expect(inbox.mailer.delivers).toBe(false)
  } finally {
    await inbox.close()
  }
})

describe('an SMTP server that fails', () => {
  const faultOf = async (mailer: Mailer): Promise<MailFault> => {
    try {
      await mailer.send(LETTER)
    } catch (error) {
      if (error instanceof MailFault) return error
      throw error
    }
    throw new Error('the letter was taken')
  }

  it.each([
    ['refuses the address', { refuseRecipient: true }, { surelyNotSent: true, isRefused: true }],
    ['refuses the text', { failData: true }, { surelyNotSent: true, isRefused: false }],
    [
      'takes the text and breaks off before its word',
      { breakAfterData: true },
      { surelyNotSent: false, isRefused: false },
    ],
    ['falls silent after the text', { hangAfterData: true }, { surelyNotSent: false, isRefused: false }],
  ] as const)('%s', async (_, behaviour, expected) => {
    const inbox = await smtpInbox(behaviour)
    try {
      expect(await faultOf(inbox.mailer)).toMatchObject(expected)
    } finally {
      await inbox.close()
    }
  })

  it('is not there', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as AddressInfo
    await new Promise<void>((resolve) => {
      taken.close(() => resolve())
    })
    const mailer = createSmtpMailer({ ...SENDER, host: '127.0.0.1', port, security: 'none', credentials: null })
    expect(await faultOf(mailer)).toMatchObject({ surelyNotSent: true, isRefused: false })
  })

  it('offers no STARTTLS where it was asked for: nothing goes in the clear', async () => {
    const inbox = await smtpInbox()
    try {
      const port = Number(/:(\d+)$/u.exec(inbox.mailer.name)?.[1])
      const mailer = createSmtpMailer({ ...SENDER, host: '127.0.0.1', port, security: 'starttls', credentials: null })
      expect(await faultOf(mailer)).toMatchObject({ surelyNotSent: true })
      expect(await inbox.letters()).toEqual([])
    } finally {
      await inbox.close()
    }
  })
})
