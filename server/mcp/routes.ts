import { z } from '@hono/zod-openapi'
import { json, READERS, route, routes } from '#server/http/route.ts'

const MessageSchema = z
  .unknown()
  .openapi('McpMessage', { type: 'object', description: 'A JSON-RPC 2.0 message of the Model Context Protocol' })

/**
 * The Model Context Protocol over streamable HTTP (specification 2025-06-18, Transports), without sessions: every request stands
 * alone, is answered as JSON, and has the rights of its key.
 */
export const mcpRoutes = (options: { version: string }) =>
  routes().openapi(
    route({
      method: 'post',
      path: '/mcp',
      tags: ['mcp'],
      summary: 'Model Context Protocol: search, read_provision, answer, list_changes',
      description:
        'For assistants of other programs. Streamable HTTP, stateless; tools by role. Send `Accept: application/json, text/event-stream`.',
      access: READERS,
      request: { body: { required: true, content: { 'application/json': { schema: MessageSchema } } } },
      responses: {
        200: json(MessageSchema, 'The answer to a request'),
        202: { description: 'A notification was taken' },
        406: { description: 'The Accept header does not take both kinds of answer' },
      },
    }),
    async (c) => {
      // Loaded when somebody asks: most installations have no such client.
      const { createMcpServer } = await import('./create-mcp-server.ts')
      const { WebStandardStreamableHTTPServerTransport } =
        await import('@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js')
      const server = createMcpServer(c.get('ctx'), options.version)
      const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
      try {
        await server.connect(transport)
        return (await transport.handleRequest(c.req.raw, { parsedBody: c.req.valid('json') })) as never
      } finally {
        await server.close()
      }
    },
  )
