import type { OnRecord } from '@concord/application/ports/outside'

/** As if an entry were stored: for tests and measurements that read sealed texts themselves, where nobody else does. */
export const onRecord = Promise.resolve({} as OnRecord) // Of a brand nothing is ever there.
