from portal.core.actor import PUBLIC, SYSTEM, Actor, ActorKind, Role


def test_an_actor_has_a_role_when_one_of_the_asked_is_his():
    officer = Actor(ActorKind.STAFF, "a1", frozenset({Role.OFFICER}))
    assert officer.has(Role.OFFICER)
    assert officer.has(Role.APPROVER, Role.OFFICER)
    assert not officer.has(Role.APPROVER)


def test_the_machine_and_the_public_have_no_roles():
    assert not SYSTEM.roles
    assert not PUBLIC.roles
    assert (SYSTEM.kind, PUBLIC.kind) == ("system", "public")
