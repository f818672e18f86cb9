package fakeserver_test

const (
	denied1044 = "1044 (42000): Access denied for user '%s'@'%' to database 'mysql'"
	lowMySQL   = "GRANT USAGE ON *.* TO `low`@`%`;GRANT ALL PRIVILEGES ON `app`.* TO `low`@`%`"
	lowMariaDB = "GRANT USAGE ON *.* TO `low`@`%` IDENTIFIED BY PASSWORD '*1E8FE4A49477DD721A4EAA4F31DBF12A57BE181D' WITH MAX_USER_CONNECTIONS 3;GRANT ALL PRIVILEGES ON `app`.* TO `low`@`%`"
)

var grantQueries = []sent{
	{"low", "SHOW GRANTS", lowMySQL, lowMariaDB},
	{"low", "SHOW GRANTS FOR CURRENT_USER", lowMySQL, lowMariaDB},
	{"low dbm", "SHOW GRANTS FOR 'low'@'%'", lowMySQL, lowMariaDB},
	{"dbm", "SHOW GRANTS FOR low", lowMySQL, lowMariaDB},
	{"tab", "SHOW GRANTS FOR 'low'@'%'", lowMySQL, denied1044},
	{"proc", "SHOW GRANTS FOR 'low'@'%'", denied1142 + "'user'", denied1044},
	{"dbm", "SHOW GRANTS FOR 'nobody'@'%'", "1141 (42000): There is no such grant defined for user 'nobody' on host '%'", ""},
	{"low", "SHOW GRANTS FOR 'nobody'@'%'", denied1142 + "'user'", denied1044},
	{"proc", "SHOW GRANTS", "GRANT PROCESS ON *.* TO `proc`@`%`", "GRANT PROCESS ON *.* TO `proc`@`%` IDENTIFIED BY PASSWORD '*DD10DB0F44AED3A0A25A346B12D00E6FC7E74212'"},
	{"procps", "SHOW GRANTS", "GRANT PROCESS ON *.* TO `procps`@`%`;GRANT SELECT ON `performance_schema`.* TO `procps`@`%`",
		"GRANT PROCESS ON *.* TO `procps`@`%` IDENTIFIED BY PASSWORD '*6AC033272695B43D5D75B36190C6E4137B23AF2A';GRANT SELECT ON `performance_schema`.* TO `procps`@`%`"},
	{"dbm", "SHOW GRANTS FOR 'tab'", "GRANT USAGE ON *.* TO `tab`@`%`;GRANT SELECT ON `mysql`.`user` TO `tab`@`%`",
		"GRANT USAGE ON *.* TO `tab`@`%` IDENTIFIED BY PASSWORD '*7AF5B886150BC78F5BAB9C91224E580F0E3D3BE4';GRANT SELECT ON `mysql`.`user` TO `tab`@`%`"},

	{"some", "SHOW GRANTS", "GRANT USAGE ON *.* TO `some`@`%`;GRANT `rpt`@`%` TO `some`@`%`", "2 rows"},
	{"act", "SHOW GRANTS", "GRANT PROCESS ON *.* TO `act`@`%`;GRANT `rpt`@`%` TO `act`@`%`", "4 rows"},
	{"act dbm", "SHOW GRANTS FOR act", "GRANT USAGE ON *.* TO `act`@`%`;GRANT `rpt`@`%` TO `act`@`%`", "3 rows"},
	{"dbm", "SHOW GRANTS FOR rpt", "GRANT PROCESS ON *.* TO `rpt`@`%`", "GRANT PROCESS ON *.* TO `rpt`"},
	{"dbm", "SHOW GRANTS FOR `rpt`@`%`", "GRANT PROCESS ON *.* TO `rpt`@`%`", "1141 (42000): There is no such grant defined for user 'rpt' on host '%'"},
	{"act some", "SHOW GRANTS FOR rpt", denied1142 + "'user'", "GRANT PROCESS ON *.* TO `rpt`;; " + denied1044},
}
