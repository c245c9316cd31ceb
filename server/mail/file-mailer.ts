import { access, mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { sha256 } from '#server/ids.ts'
import { letterOptions } from './letter-options.ts'
import { MailFault, type Mailer } from './mailer.ts'

/** Keeps letters as `.eml` files, one a message id, readable by their owner alone. Nothing leaves this machine. */
export const createFileMailer = (config: { directory: string; from: string; senderName: string }): Mailer => {
  const { directory, from, senderName } = config
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    name: `files in ${directory}`,
    delivers: false,
    from,
    async send(letter) {
      const file = join(
        directory,
        `${letter.at.toISOString().slice(0, 10)}-${sha256(letter.messageId).slice(0, 16)}.eml`,
      )
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 })
        // Tried again, it is the same letter.
        if (
          await access(file).then(
            () => true,
            () => false,
          )
        )
          return
        const { message } = await transport.sendMail(letterOptions(letter, { name: senderName, address: from }))
        const fresh = `${file}.${process.pid}`
        await writeFile(fresh, message, { mode: 0o600 })
        await rename(fresh, file)
      } catch (error) {
        throw new MailFault('the letter could not be written to its directory', {
          surelyNotSent: true,
          isRefused: false,
          cause: error,
        })
      }
    },
  }
}
