// Made from palomma.yaml by `npm run generate`. Do not edit.

export interface components {
    schemas: {
        /**
         * @description Kind of Colombian identity document: cc is a Cédula de Ciudadanía, ce a Cédula de Extranjería, nit the tax number of a company.
         * @enum {string}
         */
        DocumentType: "cc" | "ce" | "nit";
        NewCustomer: {
            /** @description First and last name of a person, or the name of a company. */
            name: string;
            documentType: components["schemas"]["DocumentType"];
            /** @description Number of the identity document. */
            documentNumber: string;
            /** @description E-mail address. */
            email: string;
            /** @description Phone number. */
            phoneNumber: string;
            /** @description The merchant's own ID for the customer. */
            reference?: string;
        };
        Customer: {
            /**
             * @description The ID that Palomma gave the customer.
             * @example 01HPR57X6QR5ZRKEEKBSDBW4RA
             */
            id?: string;
            /** @description The merchant's own ID for the customer. */
            reference?: string;
            /**
             * @description First and last name of a person, or the name of a company.
             * @example Pepito Perez
             */
            name?: string;
            documentType?: components["schemas"]["DocumentType"];
            /**
             * @description Number of the identity document.
             * @example 1037551022
             */
            documentNumber?: string;
            /**
             * @description E-mail address.
             * @example pepito@gmail.com
             */
            email?: string;
            /**
             * @description Phone number.
             * @example 3013111111
             */
            phoneNumber?: string;
            /**
             * Format: date-time
             * @description When the customer was created.
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description When the customer was last changed.
             */
            updatedAt?: string;
        };
        CustomerPage: {
            items: components["schemas"]["Customer"][];
            /** @description Where the next page starts; null on the last page. */
            cursor: string | null;
            /** @description Number of customers returned. */
            count?: number;
        };
        /** @description The customer that an entry belongs to; its ID is beside it. */
        CustomerDetails: {
            /** @description The merchant's own ID for the customer. */
            reference?: string;
            /** @description First and last name of a person, or the name of a company. */
            name?: string;
            documentType?: components["schemas"]["DocumentType"];
            /** @description Number of the identity document. */
            documentNumber?: string;
            /** @description E-mail address. */
            email?: string;
            /** @description Phone number. */
            phoneNumber?: string;
        };
        /** @description Why something was cancelled. Only there if it was. */
        StatusMessage: string;
        /**
         * @description A way to pay a link.
         * @enum {string}
         */
        PayinLinkMethod: "pse" | "bancolombiaButton" | "nequiButton" | "card" | "bancolombiaCollect";
        /**
         * @description The way to pay the link; general lets the payer choose among the available types. What else a link of another type than general takes is not documented.
         * @enum {string}
         */
        PayinLinkType: "general" | "pse" | "bancolombiaButton" | "nequiButton" | "card" | "bancolombiaCollect";
        NewPayinLink: {
            /** @description Who is to pay. */
            customerId: string;
            /** @description What is due, in whole Colombian pesos. */
            amount: number;
            /** @description Where the payer comes back to. */
            redirectUrl: string;
            type: components["schemas"]["PayinLinkType"];
            /** @description The ways to pay among which the payer chooses. A link of type general needs it; whether the others take it is not documented. */
            availableTypes?: components["schemas"]["PayinLinkMethod"][];
            /** @description The merchant's own ID for the link. */
            reference?: string;
            /** @description What the payment is for. */
            description?: string;
            /**
             * @description Until when the link can be paid, as YYYY-MM-DDTHH:mm:ss, from today to the end of the seventh day. Without it, until the end of the day after the creation. The time zone is not documented.
             * @example 2026-03-31T23:59:59
             */
            expiration?: string;
            /** @description The merchant account that gets the money, if not the default one. */
            targetMerchantAccountId?: string;
        };
        PayinLink: {
            /** @description The ID that Palomma gave the link. */
            id?: string;
            /** @description The merchant's own ID for the link. */
            reference?: string;
            /** @description What the payment is for. */
            description?: string;
            /** @description Who is to pay. */
            customerId?: string;
            customerDetails?: components["schemas"]["CustomerDetails"];
            /**
             * @description How far the payment is.
             * @enum {string}
             */
            status?: "pending" | "processing" | "approved" | "cancelled";
            statusMessage?: components["schemas"]["StatusMessage"];
            /** @description Where to send the payer. */
            paymentUrl?: string;
            /** @description Where the payer comes back to. */
            redirectUrl?: string;
            /** @description What is due, in Colombian pesos. */
            amount?: number;
            /** @description What has been collected so far, in Colombian pesos. */
            amountCollected?: number;
            /** @description The fee for the link, in Colombian pesos. */
            fee?: number;
            type?: components["schemas"]["PayinLinkType"];
            /** @description Until when the link can be paid. */
            expiration?: string;
            /** @description The merchant account that gets the money. */
            targetMerchantAccountId?: string;
            /**
             * Format: date-time
             * @description When the link was created.
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description When the link was last changed.
             */
            updatedAt?: string;
        };
        PayinLinkPage: {
            items: components["schemas"]["PayinLink"][];
            /** @description Where the next page starts; null on the last page. */
            cursor: string | null;
            /** @description Number of payin links returned. */
            count?: number;
        };
        /** @description A bank account. That all three are needed is inferred. */
        BankAccount: {
            /** @description The bank. The known values are those of Palomma's direct debit API; this one's may differ. */
            bank: string;
            /**
             * @description Kind of account.
             * @enum {string}
             */
            accountType: "savings" | "checking";
            /** @description Number of the account. */
            accountNumber: string;
        };
        /**
         * @description What is debited. What a source of another type than bankAccount takes is not documented.
         * @enum {string}
         */
        PayinSourceType: "bankAccount" | "bancolombiaToken" | "nequiToken";
        NewPayinSource: {
            /** @description Whose account it is. */
            customerId: string;
            /** @description Where the customer comes back to. */
            redirectUrl: string;
            type: components["schemas"]["PayinSourceType"];
            bankAccount?: components["schemas"]["BankAccount"];
            /** @description The merchant's own ID for the source. */
            reference?: string;
            /** @description Free text. */
            description?: string;
            /** @description Whether to take what is there if funds are short; if left out, no. Bancolombia only. */
            partialPayinsEnabled?: boolean;
        };
        PayinSource: {
            /** @description The ID that Palomma gave the source. */
            id?: string;
            /** @description The merchant's own ID for the source. */
            reference?: string;
            /** @description Free text. */
            description?: string;
            /** @description Whose account it is. */
            customerId?: string;
            customerDetails?: components["schemas"]["CustomerDetails"];
            /**
             * @description Whether the source can be charged.
             * @enum {string}
             */
            status?: "pending" | "processing" | "active" | "cancelled";
            statusMessage?: components["schemas"]["StatusMessage"];
            /** @description Where the customer authorises the debit. */
            authUrl?: string;
            /** @description Where the customer comes back to. */
            redirectUrl?: string;
            /** @description Whether what is there is taken if funds are short. */
            partialPayinsEnabled?: boolean;
            type?: components["schemas"]["PayinSourceType"];
            /**
             * Format: date-time
             * @description When the source was created.
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description When the source was last changed.
             */
            updatedAt?: string;
        };
        PayinSourcePage: {
            items: components["schemas"]["PayinSource"][];
            /** @description Where the next page starts; null on the last page. */
            cursor: string | null;
            /** @description Number of payin sources returned. */
            count?: number;
        };
        NewPayinRequest: {
            /** @description The source to charge. */
            payinSourceId: string;
            /** @description What to collect, in whole Colombian pesos. */
            amount: number;
            /** @description The merchant's own ID for the request. */
            reference?: string;
            /** @description The merchant account that gets the money, if not the default one. */
            targetMerchantAccountId?: string;
        };
        /** @description The source that is charged; its ID is beside it. */
        PayinSourceDetails: {
            /** @description The merchant's own ID for the source. */
            reference?: string;
            /** @description Free text. */
            description?: string;
            /** @description Whether what is there is taken if funds are short. */
            partialPayinsEnabled?: boolean;
            type?: components["schemas"]["PayinSourceType"];
        };
        PayinRequest: {
            /** @description The ID that Palomma gave the request. */
            id?: string;
            /** @description The merchant's own ID for the request. */
            reference?: string;
            /** @description Who is charged. */
            customerId?: string;
            customerDetails?: components["schemas"]["CustomerDetails"];
            /** @description The source that is charged. */
            payinSourceId?: string;
            payinSourceDetails?: components["schemas"]["PayinSourceDetails"];
            /**
             * @description How far the charge is; partial if only a part could be collected.
             * @enum {string}
             */
            status?: "processing" | "approved" | "partial" | "cancelled";
            statusMessage?: components["schemas"]["StatusMessage"];
            /** @description What to collect, in whole Colombian pesos. */
            amount?: number;
            /** @description What has been collected, in Colombian pesos. */
            amountCollected?: number;
            /** @description The fee, taken off at the settlement, in Colombian pesos. */
            fee?: number;
            /** @description The merchant account that gets the money. */
            targetMerchantAccountId?: string;
            /**
             * Format: date-time
             * @description When the request was created.
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description When the request was last changed.
             */
            updatedAt?: string;
        };
        PayinRequestPage: {
            items: components["schemas"]["PayinRequest"][];
            /** @description Where the next page starts; null on the last page. */
            cursor: string | null;
            /** @description Number of payin requests returned. */
            count?: number;
        };
        /**
         * @description What money is sent to.
         * @enum {string}
         */
        PayoutTargetType: "bankAccount";
        NewPayoutTarget: {
            /** @description Whose account it is. */
            customerId: string;
            /** @description Where the customer comes back to. */
            redirectUrl: string;
            type: components["schemas"]["PayoutTargetType"];
            bankAccount: components["schemas"]["BankAccount"];
            /** @description The merchant's own ID for the target. */
            reference?: string;
            /** @description Free text. */
            description?: string;
        };
        PayoutTarget: {
            /** @description The ID that Palomma gave the target. */
            id?: string;
            /** @description The merchant's own ID for the target. */
            reference?: string;
            /** @description Free text. */
            description?: string;
            /** @description Whose account it is. */
            customerId?: string;
            customerDetails?: components["schemas"]["CustomerDetails"];
            /**
             * @description Whether money can be sent to the target. What one reports that is not verified yet is not documented.
             * @enum {string}
             */
            status?: "pending" | "active" | "cancelled";
            statusMessage?: components["schemas"]["StatusMessage"];
            /** @description Where the customer verifies the account. */
            authUrl?: string;
            /** @description Where the customer comes back to. */
            redirectUrl?: string;
            type?: components["schemas"]["PayoutTargetType"];
            /**
             * Format: date-time
             * @description When the target was created.
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description When the target was last changed.
             */
            updatedAt?: string;
        };
        PayoutTargetPage: {
            items: components["schemas"]["PayoutTarget"][];
            /** @description Where the next page starts; null on the last page. */
            cursor: string | null;
            /** @description Number of payout targets returned. */
            count?: number;
        };
        NewPayoutRequest: {
            /** @description The target to send money to. */
            payoutTargetId: string;
            /** @description What to send, in whole Colombian pesos. */
            amount: number;
            /** @description The merchant's own ID for the request. */
            reference?: string;
            /** @description The merchant account to take the money from, if not the default one. */
            sourceMerchantAccountId?: string;
        };
        /** @description The target that gets the money; its ID is beside it. */
        PayoutTargetDetails: {
            /** @description The merchant's own ID for the target. */
            reference?: string;
            /** @description Free text. */
            description?: string;
            type?: components["schemas"]["PayoutTargetType"];
        };
        PayoutRequest: {
            /** @description The ID that Palomma gave the request. */
            id?: string;
            /** @description The merchant's own ID for the request. */
            reference?: string;
            /** @description Who gets the money. */
            customerId?: string;
            customerDetails?: components["schemas"]["CustomerDetails"];
            /** @description The target that gets the money. */
            payoutTargetId?: string;
            payoutTargetDetails?: components["schemas"]["PayoutTargetDetails"];
            /**
             * @description How far the payment is.
             * @enum {string}
             */
            status?: "processing" | "approved" | "cancelled";
            statusMessage?: components["schemas"]["StatusMessage"];
            /** @description What to send, in Colombian pesos. */
            amount?: number;
            /** @description The amount at the start, 0 once cancelled; in Colombian pesos. */
            amountSent?: number;
            /** @description The fee, in Colombian pesos. */
            fee?: number;
            /** @description The merchant account that the money comes from. */
            sourceMerchantAccountId?: string;
            /**
             * Format: date-time
             * @description When the request was created.
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description When the request was last changed.
             */
            updatedAt?: string;
        };
        PayoutRequestPage: {
            items: components["schemas"]["PayoutRequest"][];
            /** @description Where the next page starts; null on the last page. */
            cursor: string | null;
            /** @description Number of payout requests returned. */
            count?: number;
        };
        MerchantAccount: {
            /** @description The ID that Palomma gave the merchant account. */
            id?: string;
            /** @description Its label. */
            description?: string;
            /** @description Money that is not settled yet, in Colombian pesos. */
            unsettledAmount?: number;
            /** @description What may still be paid out, if there is a limit; in Colombian pesos. */
            payoutLimitBalance?: number;
            /**
             * @description An aggregator keeps a balance for payouts; a gateway withdraws at each settlement.
             * @enum {string}
             */
            type?: "aggregator" | "gateway";
            /** @description What is settled and can be paid out, in Colombian pesos. Aggregators only. */
            availableBalance?: number;
            /** @description Whether it can collect. Gateways only. */
            payinsEnabled?: boolean;
            /** @description Whether it can pay out. Gateways only. */
            payoutsEnabled?: boolean;
        };
        MerchantAccountPage: {
            items: components["schemas"]["MerchantAccount"][];
            /** @description Where the next page starts; null on the last page. */
            cursor: string | null;
            /** @description Number of merchant accounts returned. */
            count?: number;
        };
        PayinSettlement: {
            /** @description The ID that Palomma gave the settlement. */
            id?: string;
            /** @description The merchant account that was settled. */
            merchantAccountId?: string;
            /** @description Sum of the payins in it, in Colombian pesos. */
            totalAmountCollected?: number;
            /** @description Sum of their fees, in Colombian pesos. */
            totalFees?: number;
            /** @description How many payins are in it. */
            numberOfPayins?: number;
            /**
             * @description The day, as YYYY-MM-DD.
             * @example 2024-08-28
             */
            payinSettlementDate?: string;
            /**
             * @description The hour of the day.
             * @enum {number}
             */
            payinSettlementCycle?: 11 | 13 | 16 | 18 | 20;
            /**
             * Format: date-time
             * @description When the settlement was created.
             */
            createdAt?: string;
            /**
             * Format: date-time
             * @description When the settlement was last changed.
             */
            updatedAt?: string;
        };
        PayinSettlementPage: {
            items: components["schemas"]["PayinSettlement"][];
            /** @description Where the next page starts; null on the last page. */
            cursor: string | null;
            /** @description Number of payin settlements returned. */
            count?: number;
        };
        Problem: {
            /** @description What was wrong, in words. */
            message?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
