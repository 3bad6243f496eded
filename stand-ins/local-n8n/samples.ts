import { gatewayAccountId, type Simulator } from '../simulator/simulator';

const day = 24 * 60 * 60 * 1000;

const redirectUrl = 'https://example.com/thanks';

/**
 * Puts into the simulator what the examples speak of: subscribers with an authorised account, suppliers to be paid, a link
 * that nobody has paid, yesterday's charges, today's settlements. The people are invented.
 */
export function addSamples(simulator: Simulator): void {
	const valentina = simulator.addTo('customers', {
		name: 'Valentina Ríos',
		documentType: 'cc',
		documentNumber: '1020304050',
		email: 'valentina.rios@example.com',
		phoneNumber: '3005550101',
		reference: 'customer-2001',
	});
	const workshop = simulator.addTo('customers', {
		name: 'Taller El Ejemplo S.A.S.',
		documentType: 'nit',
		documentNumber: '900555222',
		email: 'pagos@tallerelejemplo.example',
		phoneNumber: '6015550102',
		reference: 'customer-2002',
	});
	const andres = simulator.addTo('customers', {
		name: 'Andrés Peña',
		documentType: 'ce',
		documentNumber: '773311',
		email: 'andres.pena@example.com',
		phoneNumber: '3005550103',
		reference: 'customer-2003',
	});
	addLinks(simulator, valentina.id, workshop.id);
	addCharges(simulator, [valentina.id, workshop.id, andres.id]);
	addSuppliers(simulator);
	simulator.closeSettlement();
	simulator.closeSettlement(gatewayAccountId);
}

function addLinks(simulator: Simulator, debtor: string, payer: string): void {
	const link = { redirectUrl, type: 'general', availableTypes: ['pse', 'nequiButton'] } as const;
	const unpaid = simulator.addTo('payinLinks', {
		...link,
		availableTypes: [...link.availableTypes],
		customerId: debtor,
		amount: 85_000,
		reference: 'invoice-1901',
		description: 'Invoice 1901',
	});
	Object.assign(unpaid, { createdAt: new Date(Date.now() - day).toISOString() });
	const paid = simulator.addTo('payinLinks', {
		...link,
		availableTypes: [...link.availableTypes],
		customerId: payer,
		amount: 240_000,
		reference: 'invoice-1902',
		targetMerchantAccountId: gatewayAccountId,
	});
	simulator.settle(paid.id, { status: 'approved' });
}

/** Accounts that may be debited, the last one not yet, and what was charged on them yesterday. */
function addCharges(simulator: Simulator, customerIds: string[]): void {
	const [first, second] = customerIds.map((customerId, index) => {
		const source = simulator.addTo('payinSources', {
			customerId,
			redirectUrl,
			type: 'bankAccount',
			bankAccount: {
				bank: 'bancolombia',
				accountType: 'savings',
				accountNumber: `0001234567${index}`,
			},
			reference: `source-${2001 + index}`,
			description: 'Monthly fee',
		});
		if (index < 2) simulator.settle(source.id, { status: 'active' });
		return source.id;
	});
	const charge = (payinSourceId = '', amount: number, reference: string) => {
		const request = simulator.addTo('payinRequests', { payinSourceId, amount, reference });
		Object.assign(request, { createdAt: new Date(Date.now() - day).toISOString() });
		return request.id;
	};
	simulator.settle(charge(first, 60_000, 'order-1801'), { status: 'approved' });
	simulator.settle(charge(second, 90_000, 'order-1802'), {
		status: 'cancelled',
		statusMessage: 'NOT_ENOUGH_FUNDS',
	});
	simulator.settle(charge(second, 35_000, 'order-1804'), { status: 'approved' });
}

function addSuppliers(simulator: Simulator): void {
	const suppliers = [
		{ name: 'Papelería La Muestra S.A.S.', documentNumber: '900777111' },
		{ name: 'Transportes Inventados S.A.S.', documentNumber: '900777222' },
	];
	for (const [index, supplier] of suppliers.entries()) {
		const { id: customerId } = simulator.addTo('customers', {
			...supplier,
			documentType: 'nit',
			email: `pagos${index + 1}@proveedores.example`,
			phoneNumber: `601555011${index}`,
			reference: `supplier-${3001 + index}`,
		});
		simulator.addTo('payoutTargets', {
			customerId,
			redirectUrl,
			type: 'bankAccount',
			bankAccount: {
				bank: 'bancodebogota',
				accountType: 'checking',
				accountNumber: `0009876543${index}`,
			},
			reference: `account-${3001 + index}`,
			description: 'Account for invoices',
		});
	}
}
