import { concordStoreContract } from '@concord/testkit/concord-store-contract'
import { localTables } from '@concord/testkit/local-tables'

concordStoreContract('of DynamoDB', localTables)
