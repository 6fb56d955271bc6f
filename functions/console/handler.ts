/** The console's way in; its pages are not there yet, and it says so. */
export const handler = async () => ({
  statusCode: 503,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: 'The console is not there yet. The API is: see /v1/openapi.json.\n',
})
