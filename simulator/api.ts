import addFormats from 'ajv-formats';
import { OpenAPIBackend, type Context } from 'openapi-backend';

import { readContract } from './contract';
import { CustomerStore, UnknownCursor, type NewCustomer } from './store';

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

/**
 * Palomma's API over a store of customers. Routing and validation follow `openapi/palomma.yaml`:
 * what breaks the contract gets a 400 with a message, what lacks the API key a 401.
 */
export async function createApi(
	store: CustomerStore,
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
			createCustomer: ({ request }: Context): Answer => {
				const { 'content-type': type = '' } = request.headers as Record<string, string>;
				if (!/^application\/json\b/i.test(type)) {
					return problem(400, 'Content-Type must be application/json.');
				}
				return { status: 200, body: store.create(request.requestBody as NewCustomer) };
			},
			getCustomerById: ({ request }: Context): Answer => {
				const customer = store.get((request.params as { customerId: string }).customerId);
				return customer === undefined
					? problem(404, 'Customer not found.')
					: { status: 200, body: customer };
			},
			listCustomers: ({ request }: Context): Answer => {
				const { reference, limit, cursor } = request.query as Record<string, string>;
				try {
					const body = store.list({
						limit: Number(limit ?? 20),
						...(reference !== undefined && { reference }),
						...(cursor !== undefined && { cursor }),
					});
					return { status: 200, body };
				} catch (error) {
					if (error instanceof UnknownCursor) return problem(400, 'cursor is not valid.');
					throw error;
				}
			},
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
