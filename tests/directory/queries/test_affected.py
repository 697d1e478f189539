import pytest

from changeboard.directory.queries.affected import affected_clients
from tests.factories.directory import ClientFactory, ServiceFactory, SystemFactory

pytestmark = pytest.mark.django_db


def test_whoever_uses_the_system_is_affected_and_nobody_else():
    ris, pacs = SystemFactory(), SystemFactory(code="PACS")
    affected, _other = ClientFactory(uses=[ris]), ClientFactory(uses=[pacs])
    assert list(affected_clients([ris.pk])) == [affected]


def test_a_touched_service_reaches_who_uses_it_and_who_uses_its_system():
    pacs = SystemFactory(code="PACS")
    images, vpn = ServiceFactory(slug="image-arrival", system=pacs), ServiceFactory()
    by_system, by_service = ClientFactory(uses=[pacs]), ClientFactory()
    by_service.services.set([vpn])
    assert set(affected_clients([], [images.pk, vpn.pk])) == {by_system, by_service}


def test_a_client_that_uses_both_is_counted_once_and_one_that_left_not_at_all(django_assert_num_queries):
    ris, pacs = SystemFactory(), SystemFactory(code="PACS")
    both = ClientFactory(uses=[ris, pacs])
    ClientFactory(uses=[ris], active=False)
    with django_assert_num_queries(1):
        assert list(affected_clients([ris.pk, pacs.pk])) == [both]
