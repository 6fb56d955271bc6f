import { localTables } from '@concord/testkit/local-tables'
import { platformStoresContract } from '@concord/testkit/platform-stores-contract'

platformStoresContract('of DynamoDB', localTables)
