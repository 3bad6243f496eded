import os from 'node:os';
import path from 'node:path';

import { noProxyWithThisMachine } from './noProxy';

/*
 * Gives n8n-core a folder and a key of its own, so that it leaves the user's ~/.n8n alone, and keeps its
 * log quiet: an execution's errors are in its result. It reads the settings once, when it is loaded:
 * import this file before n8n-core.
 */
const { JEST_WORKER_ID: worker = '0' } = process.env;
const folder = path.join(os.tmpdir(), `n8n-nodes-palomma-${os.userInfo().username}-${worker}`);
process.env['N8N_USER_FOLDER'] = folder;
process.env['N8N_ENCRYPTION_KEY'] = 'encrypts nothing';
process.env['NO_PROXY'] = noProxyWithThisMachine(process.env);
process.env['N8N_LOG_LEVEL'] ??= 'silent';
