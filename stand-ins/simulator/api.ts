import addFormats from 'ajv-formats';
import { OpenAPIBackend, type Context, type Handler } from 'openapi-backend';

import { accountWith } from './checks';
import { readContract } from './contract';
import { listNames, namesOf, type Bodies, type CreatableName, type ListName } from './entries';
import { Refusal } from './refusal';
import { creates } from './resources';
import type { Sandbox } from './sandbox';

/** An answer of the simulated API. */
export interface Answer {
	status: number;
	body: object;
}

/** A request as the contract sees it: parsed and, once it reaches a handler, found valid. */
export interface ApiCall {
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	headers: Record<string, string | string[]>;
	body: unknown;
}

/** Where Palomma's API starts, on the simulator as on the real servers. */
export const apiRoot = '/v0';

const problem = (status: number, message: string): Answer => ({ status, body: { message } });

const paramsOf = ({ request }: Context) => request.params as Record<string, string>;

/**
 * Palomma's API over a sandbox. Routing and validation follow `openapi/palomma.yaml`: what breaks the
 * contract gets a 400 with a message, what lacks the API key a 401.
 */
export async function createApi(
	sandbox: Sandbox,
	apiKey: string,
): Promise<(call: ApiCall) => Promise<Answer>> {
	const backend = new OpenAPIBackend({
		definition: readContract(),
		apiRoot,
		strict: true,
		// The contract is checked in a test of its own: again at each start would take half a second.
		quick: true,
		ajvOpts: { allErrors: true },
		customizeAjv: (ajv) => addFormats(ajv),
		// Query strings are text: the contract says which of them are numbers.
		coerceTypes: true,
		handlers: {
			...handlers(sandbox),
			validationFail: ({ validation }: Context): Answer =>
				problem(400, (validation.errors ?? []).map(describe).join(', ')),
			unauthorizedHandler: (): Answer => problem(401, 'Unauthorized.'),
			notFound: (): Answer => problem(404, 'No such path.'),
			methodNotAllowed: (): Answer => problem(405, 'No such method.'),
		},
		securityHandlers: {
			BearerAuth: ({ request }: Context) =>
				(request.headers as { authorization?: string }).authorization === `Bearer ${apiKey}`,
		},
	});
	await backend.init();
	return async (call) => (await backend.handleRequest(call)) as Answer;
}

/** What the API can do, by its name in the contract. */
function handlers(sandbox: Sandbox): Record<string, Handler> {
	const all = listNames.flatMap((list): Array<[string, Handler]> => [
		[`get${namesOf(list).one}ById`, (context) => getOne(sandbox, list, context)],
		[`list${namesOf(list).one}s`, (context) => listPage(sandbox, list, context)],
	]);
	const created = Object.keys(creates).map((list): [string, Handler] => [
		`create${namesOf(list as CreatableName).one}`,
		(context) => create(sandbox, list as CreatableName, context),
	]);
	return Object.fromEntries(
		[...all, ...created].map(([name, handler]) => [
			name,
			(context: Context): Answer => {
				try {
					return { status: 200, body: handler(context) as object };
				} catch (error) {
					if (error instanceof Refusal) return problem(error.status, error.message);
					throw error;
				}
			},
		]),
	);
}

function create(sandbox: Sandbox, list: CreatableName, { request }: Context): object {
	const { 'content-type': type = '' } = request.headers as Record<string, string>;
	if (!/^application\/json\b/i.test(type)) {
		throw new Refusal('Content-Type must be application/json.');
	}
	return sandbox.create(list, request.requestBody as Bodies[CreatableName]);
}

function getOne(sandbox: Sandbox, list: ListName, context: Context): object {
	const { one, id: idName } = namesOf(list);
	const { [idName]: id = '', ...within } = paramsOf(context);
	const entry = sandbox.lists[list].get(id);
	const isThere = (name: string) => (entry as Record<string, unknown>)[name] === within[name];
	if (entry === undefined || !Object.keys(within).every(isThere)) {
		throw new Refusal(`${one} not found.`, 404);
	}
	return entry;
}

function listPage(sandbox: Sandbox, list: ListName, context: Context): object {
	const { limit, cursor, ...filters } = context.request.query as Record<string, string>;
	const within = paramsOf(context);
	// The contract has no 404 here.
	accountWith(sandbox, 'merchantAccountId', within['merchantAccountId']);
	return sandbox.lists[list].list({
		limit: Number(limit ?? 20),
		...(cursor !== undefined && { cursor }),
		filters: { ...filters, ...within },
	});
}

/** "documentType must be one of cc, ce, nit" */
function describe(error: {
	instancePath: string;
	message?: string;
	params: Record<string, unknown>;
}): string {
	const field = error.instancePath
		.replace(/^\/(requestBody|query|path)\/?/, '')
		.replaceAll('/', '.');
	const { allowedValues } = error.params;
	const allowed = Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
	return `${field === '' ? 'The request' : field} ${error.message ?? 'is not valid'}${allowed}`;
}
