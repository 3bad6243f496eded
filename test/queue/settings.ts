/** What the test runs is what compose.queue.yaml describes: test/stand-ins/compose.test.ts compares the two. */

/** Of Debian 12. Another system's packages do as well; the test prints what it has found. */
export const versions = { postgres: '15', redis: '7.0' };

/** The database of n8n, to which its own user comes without a password: it is on this machine only. */
export const database = { name: 'n8n', user: 'n8n' };

/** What all processes of n8n have in common. */
export const queueSettings = {
	EXECUTIONS_MODE: 'queue',
	// What is started in the editor runs on a worker, too; n8n 3 knows nothing else.
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	// The main process leaves the webhooks of published workflows to the webhook process.
	N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	QUEUE_HEALTH_CHECK_ACTIVE: 'true',
	QUEUE_BULL_REDIS_HOST: '127.0.0.1',
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: '127.0.0.1',
	DB_POSTGRESDB_DATABASE: database.name,
	DB_POSTGRESDB_USER: database.user,
};

/** Redis writes down what is in the queue: it comes back with it after a restart. */
export const redisOptions = ['--appendonly', 'yes'];

/** How many workers there are. */
export const workers = 2;
