import { api, read } from './client.ts'

export const signIn = (email: string, password: string) =>
  read(api.auth['sign-in'].email.$post({ json: { email, password } }))

/** @returns where to send the browser */
export const beginOidc = async (returnTo: string): Promise<string> =>
  (await read(api.auth['sign-in'].oidc.$post({ json: { returnTo } }))).url

/** Every other session of the user ends. */
export const changePassword = (currentPassword: string, newPassword: string) =>
  read(api.session.password.$post({ json: { currentPassword, newPassword } }))

export const signOut = () => read(api.auth['sign-out'].$post({}))
