import type { IDataObject, INodeParameters } from 'n8n-workflow';

/** Input that maps onto all fields. The person is invented. */
export const contact = {
	name: 'Ana María Gómez',
	documentType: 'cc',
	documentNumber: '1037551022',
	email: 'ana.gomez@example.com',
	phoneNumber: '3013111111',
	reference: 'crm-1001',
} as const;

/** As many different contacts as wanted, with the references row-1, row-2 … */
export function contacts(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({
		...contact,
		reference: `row-${index + 1}`,
	}));
}

/** Every field mapped from the property of the same name, as by dragging it from the input panel. */
export const mapped: INodeParameters = Object.fromEntries(
	Object.keys(contact).map((field) => [field, `={{ $json.${field} }}`]),
);
