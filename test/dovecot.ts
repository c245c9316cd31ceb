import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const DOVECOT = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find((path) => existsSync(path)) ?? null

/** Dovecot of this machine, version 2.3; null: it is not installed. */
export const dovecotVersion = (): string | null => {
  if (DOVECOT === null) return null
  const version = execFileSync(DOVECOT, ['--version']).toString().trim()
  return version.startsWith('2.3.') ? version : null
}

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => void server.close(() => resolve()))
  return port
}

/** A real IMAP server in a directory of its own, on this machine alone; letters are delivered as files of a Maildir. */
export async function dovecot() {
  if (DOVECOT === null) throw new Error('Dovecot is not installed')
  const directory = await mkdtemp(join(tmpdir(), 'bilim-imap-'))
  const mail = join(directory, 'mail')
  for (const box of ['new', 'cur', 'tmp']) await mkdir(join(mail, box), { recursive: true })
  const port = await freePort()
  const isRoot = process.getuid?.() === 0
  // Root may read no mail; a login process belongs to nobody.
  const user = isRoot ? 'nobody' : userInfo().username
  const conf = join(directory, 'dovecot.conf')
  await writeFile(join(directory, 'users'), 'help:{PLAIN}secret\n')
  await writeFile(
    conf,
    `protocols = imap
listen = 127.0.0.1
base_dir = ${directory}/run
state_dir = ${directory}/state
log_path = ${directory}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = ${user}
default_internal_group = ${isRoot ? 'nogroup' : execFileSync('id', ['-gn']).toString().trim()}
default_login_user = ${user}
first_valid_uid = 1
mail_location = maildir:${mail}
passdb {
  driver = passwd-file
  args = ${directory}/users
}
userdb {
  driver = static
  args = uid=${user} gid=${isRoot ? 'nogroup' : execFileSync('id', ['-gn']).toString().trim()} home=${directory}
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
mailbox_idle_check_interval = 1 secs
`,
  )
  if (isRoot) {
    await chmod(directory, 0o777)
    execFileSync('chown', ['-R', 'nobody:nogroup', mail])
  }
  const child = spawn(DOVECOT, ['-F', '-c', conf], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let delivered = 0
  return {
    name: 'Dovecot',
    port,
    user: 'help',
    password: 'secret',
    /** A letter arrives. @returns its UID, since letters are delivered one after another */
    deliver: async (source: string | Buffer, receivedAt = new Date('2026-11-24T04:00:00Z')): Promise<number> => {
      delivered += 1
      const name = `${1_764_000_000 + delivered}.M${delivered}P1.test`
      const fresh = join(mail, 'tmp', name)
      await writeFile(fresh, source)
      await utimes(fresh, receivedAt, receivedAt)
      if (isRoot) execFileSync('chown', ['nobody:nogroup', fresh])
      execFileSync('mv', [fresh, join(mail, 'new', name)])
      return delivered
    },
    flagsOf: async (uid: number): Promise<string[]> => {
      const names = [...(await readdir(join(mail, 'cur'))), ...(await readdir(join(mail, 'new')))]
      const name = names.find((one) => one.startsWith(`${1_764_000_000 + uid}.`)) ?? ''
      return /:2,\w*S/u.test(name) ? [String.raw`\Seen`] : []
    },
    ready: async (): Promise<void> => {
      for (let tries = 0; tries < 100; tries += 1) {
        const isUp = await fetch(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(500) }).then(
          () => true,
          (error: unknown) => !String((error as Error).cause).includes('ECONNREFUSED'),
        )
        if (isUp) return
        await pause(50)
      }
    },
    close: async (): Promise<void> => {
      child.kill('SIGTERM')
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}
