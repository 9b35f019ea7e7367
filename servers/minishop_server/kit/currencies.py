"""The currencies that a shop of cents can charge in, by the provider's own table (https://docs.stripe.com/currencies).

It differs from the minor units of ISO 4217: MGA has two decimals there and none at Stripe, which counts ISK and UGX in
hundredths and takes whole hundreds of them only. HUF and TWD are whole in payouts alone and charged in cents.
"""

from __future__ import annotations


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


NO_DECIMALS = _codes("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf isk ugx")
THREE_DECIMALS = _codes("bhd jod kwd omr tnd")
OF_CENTS = _codes("""
    aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny cop crc cve
    czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr jmd kes kgs khr kyd kzt lak
    lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen pgk php pkr pln qar
    ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah usd uyu uzs wst xcd xcg yer
    zar zmw
""")


def of_cents(code: str) -> str:
    """The code in lower case.

    Raises:
        ValueError: an amount of cents is none of this currency: 500 would be charged as 50000, or as 50.
    """
    code = code.lower()
    if code in NO_DECIMALS:
        raise ValueError("prices have cents, and this currency has none at the payment provider")
    if code in THREE_DECIMALS:
        raise ValueError("prices have cents, and this currency has three decimals at the payment provider")
    if code not in OF_CENTS:
        raise ValueError("no currency that the payment provider supports; three letters of ISO 4217, for example cad")
    return code
