-- What the provider calls the browser's session there: when that ends, our sign-in does.
alter table sign_in add provider_session text;

-- What a provider has told of sign-outs: each is told once, to whichever node; and a session that has ended there begins no sign-in
-- whose browser was still on its way. Kept for as long as what was told would be believed again.
create table provider_logout (
  issuer           text        not null,
  id               text        not null,
  provider_session text,
  expires_at       timestamptz not null,
  primary key (issuer, id)
);
