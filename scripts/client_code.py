"""Python code for the parts of a parsed document: types, signatures, and conversions from and to JSON."""

import re
from collections.abc import Collection, Sequence

from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.literal_enum_property import LiteralEnumProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol as Property
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.strings import in_double_quote_literal

_PLAIN = (AnyProperty, BooleanProperty, IntProperty, LiteralEnumProperty, StringProperty)


def annotation(prop: Property) -> str:
    """The type of an attribute, without absence.

    Every number with decimals is money. Raises ValueError for a type that no document uses.
    """
    if isinstance(prop, FloatProperty):
        return "Decimal"
    if isinstance(prop, DateTimeProperty):
        return "datetime"
    if isinstance(prop, ListProperty):
        return f"tuple[{annotation(prop.inner_property)}, ...]"
    if isinstance(prop, UnionProperty):
        return f"{annotation(_not_null(prop))} | None"
    if isinstance(prop, (*_PLAIN, ModelProperty)):
        return prop.get_base_type_string().as_unembedded_code()
    raise ValueError(f"{_name(prop)}: the client has no code for a {type(prop).__name__}.")


def attribute(prop: Property, sent: bool, sensitive: Collection[str]) -> str:
    """The declaration of an attribute.

    A sensitive attribute is not in the `repr` of its class. An absent field is None in a response, and UNSET in a
    request body, where null may be a value. Raises ValueError for a nullable property of a response.
    """
    if isinstance(prop, UnionProperty) and not sent:
        raise ValueError(f"{_name(prop)}: a response omits absent fields.")
    absent = "" if prop.required else "Unset" if sent else "None"
    default = _default(prop) if sent or prop.required else "None"
    options = {"default": default} if default else {}
    if isinstance(prop, FloatProperty):
        options["converter"] = {"": "money", "Unset": "optional_money", "None": "converters.optional(money)"}[absent]
    if _name(prop) in sensitive:
        options["repr"] = "False"
    declared = f"{prop.python_name}: {annotation(prop)}{absent and f' | {absent}'}"
    if options.keys() <= {"default"}:
        return f"{declared} = {default}" if default else declared
    return f"{declared} = field({', '.join(f'{name}={value}' for name, value in options.items())})"


def is_given(prop: Property, sent: bool, value: str) -> str:
    """The condition that an optional property is present."""
    return f"not isinstance({value}, Unset)" if sent else f"{value} is not None"


def attributes(model: ModelProperty) -> list[Property]:
    """The properties of a model, in the order that attrs requires: those with a default last."""
    found = [*(model.required_properties or ()), *(model.optional_properties or ())]
    return sorted(found, key=lambda prop: bool(_default(prop)))


def written(prop: Property, value: str) -> str:
    """An expression for the JSON of a value."""
    if isinstance(prop, FloatProperty):
        return f"number({value})"
    if isinstance(prop, DateTimeProperty):
        return f"{value}.isoformat()"
    if isinstance(prop, ModelProperty):
        return f"{value}.to_dict()"
    if isinstance(prop, UnionProperty):
        code = written(_not_null(prop), value)
        return code if code == value else f"None if {value} is None else {code}"
    if isinstance(prop, ListProperty):
        item = written(prop.inner_property, "item")
        return f"list({value})" if item == "item" else f"[{item} for item in {value}]"
    return value


def taken(prop: Property) -> str:
    """An expression for the value of a property in the JSON object `data`."""
    take = "required" if prop.required else "optional"
    read = reader(prop)
    return f"{take}(data, {_literal(prop)}{f', {read}' if read else ''})"


def reader(prop: Property) -> str:
    """The function that turns JSON into the value, or nothing if the JSON is the value."""
    if isinstance(prop, DateTimeProperty):
        return "datetime.fromisoformat"
    if isinstance(prop, ModelProperty):
        return f"{annotation(prop)}.from_dict"
    if isinstance(prop, ListProperty):
        item = reader(prop.inner_property)
        return f"many({item})" if item else "tuple"
    return ""


def signature(first: str, positional: Sequence[Property], named: Sequence[Property]) -> str:
    """The parameters of a function."""
    parts = [first, *map(_parameter, positional), *(["*"] if named else []), *map(_parameter, named)]
    return ", ".join(filter(None, parts))


def passed(properties: Sequence[Property]) -> str:
    """The arguments of a call that passes on parameters of the same names."""
    return ", ".join(f"{prop.python_name}={prop.python_name}" for prop in properties)


def answer(endpoint: Endpoint) -> str:
    """The return type of a method."""
    prop = _answered(endpoint)
    if isinstance(prop, ListProperty):
        return f"list[{annotation(prop.inner_property)}]"
    return annotation(prop) if prop else "None"


def parser(endpoint: Endpoint) -> str:
    """The function that parses the response of a success.

    It is the same for each status: a client treats an unknown 2xx as its class (RFC 9110, section 15).
    """
    prop = _answered(endpoint)
    if prop is None:
        return "read_nothing"
    if isinstance(prop, ListProperty):
        return f"read_list({reader(prop.inner_property)})"
    return f"read_object({reader(prop)})"


def path(endpoint: Endpoint) -> str:
    """An expression for the path, with each parameter quoted as one segment."""
    text = re.sub(r"{(\w+)}", r"{segment(\1)}", endpoint.path.get_untrusted_value())
    return f'{"f" if "{" in text else ""}"{text}"'


def parameters(properties: Sequence[Property]) -> str:
    """An expression for the query or the headers, without omitted parameters."""
    return f"given({{{', '.join(f'{_literal(prop)}: {_sent(prop)}' for prop in properties)}}})"


def body(endpoint: Endpoint) -> str:
    """The keyword argument that sends the body, or nothing.

    Raises ValueError for a media type that httpx does not set by itself.
    """
    if not endpoint.bodies:
        return ""
    only, *others = endpoint.bodies
    media_type = only.content_type.get_untrusted_value()
    keyword = {"application/json": "json", "application/x-www-form-urlencoded": "data"}.get(media_type)
    if others or keyword is None:
        raise ValueError(f"{endpoint.name}: the client sends one body, as JSON or as a form.")
    values = ", ".join(f"{prop.python_name}={_as_attribute(prop)}" for prop in fields(endpoint))
    return f"{keyword}={annotation(only.prop)}({values}).to_dict()"


def fields(endpoint: Endpoint) -> list[Property]:
    """The properties of the body, which are keyword arguments of the method."""
    model = endpoint.bodies[0].prop if endpoint.bodies else None
    return attributes(model) if isinstance(model, ModelProperty) else []


def item(endpoint: Endpoint) -> str:
    """The type of the items of a paged list."""
    prop = _answered(endpoint)
    if not isinstance(prop, ListProperty):
        raise ValueError(f"{endpoint.name} has a cursor and returns no list.")
    return annotation(prop.inner_property)


def _answered(endpoint: Endpoint) -> Property | None:
    """The content of a success, which is the same for each status, or None."""
    found = {"None" if r.source["attribute"] == "None" else annotation(r.prop): r.prop for r in endpoint.responses}
    if len(found) != 1:
        raise ValueError(f"{endpoint.name} has one response type, not {', '.join(found) or 'none'}.")
    kind, prop = found.popitem()
    return None if kind == "None" else prop


def _default(prop: Property) -> str:
    if prop.default is not None:
        return prop.default.python_code.as_unembedded_code()
    return "" if prop.required else "UNSET"


def _parameter(prop: Property) -> str:
    kind = annotation(prop).replace("Decimal", "Decimal | float")
    if isinstance(prop, ListProperty):
        kind = f"Sequence[{annotation(prop.inner_property)}]"
    default = _default(prop)
    return f"{prop.python_name}: {kind}{'' if prop.required else ' | Unset'}{f' = {default}' if default else ''}"


def _as_attribute(prop: Property) -> str:
    """An expression for the attribute with the value of a parameter."""
    if not isinstance(prop, ListProperty):
        return prop.python_name
    return f"{'tuple' if prop.required else 'optional_tuple'}({prop.python_name})"


def _not_null(prop: UnionProperty) -> Property:
    """The type of a nullable property, without null."""
    others = [inner for inner in prop.inner_properties if not isinstance(inner, NoneProperty)]
    if len(others) != 1 or isinstance(others[0], FloatProperty):
        raise ValueError(f"{_name(prop)}: a choice is a value or null, and money is not nullable.")
    return others[0]


def _sent(prop: Property) -> str:
    """An expression for a parameter of the query or for a header."""
    value = prop.python_name
    if isinstance(prop, FloatProperty):
        return f"number({value})"
    if isinstance(prop, ListProperty):
        return f"joined({value})"
    if isinstance(prop, DateTimeProperty):
        raise ValueError(f"{_name(prop)}: the client sends no time in a query.")
    if _name(prop) == "Idempotency-Key" and not prop.required:
        return f"idempotency_key_or_new({value})"
    return value


def _name(prop: Property) -> str:
    return prop.name.get_untrusted_value()


def _literal(prop: Property) -> str:
    return f'"{in_double_quote_literal(prop.name)}"'
