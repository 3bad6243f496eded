import { given, type Bodies, type Entries } from '../entries';
import type { Sandbox } from '../sandbox';

/** A new customer. */
export function newCustomer(sandbox: Sandbox, body: Bodies['customers']): Entries['customers'] {
	const { name, documentType, documentNumber, email, phoneNumber } = body;
	return given({
		...sandbox.identity('customers', body.reference),
		name,
		documentType,
		documentNumber,
		email,
		phoneNumber,
		...sandbox.dates(),
	});
}
